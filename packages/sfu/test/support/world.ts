import {
  RtpSender,
  type BandwidthControl,
  type RtpReceiver,
  type TransportState,
  type WebRtcTransport,
  type WebRtcTransportObserver,
} from '@parley/transport';
import {
  Sfu,
  type Participant,
  type ParticipantObserver,
  type ParticipantPermissions,
  type Room,
  type RoomQuota,
  type SfuObserver,
  type VideoQuality,
} from '@parley/sfu';

/** What a front was told, a line each. */
export interface Told {
  lines: string[];
  clear(): string[];
}

export const EVERYTHING: ParticipantPermissions = {
  canPublish: true,
  canSubscribe: true,
  canPublishData: true,
  canUpdateOwnMetadata: true,
  canPublishSources: [],
  hidden: false,
  recorder: false,
  agent: false,
};

interface FakeTransport {
  observer: WebRtcTransportObserver;
  closed: boolean;
  /** Set by tests that have a path. */
  bandwidth: () => BandwidthControl | undefined;
}

/** An sfu without a network: transports only change their state when told to. */
export class World {
  now = 0;
  readonly sfu: Sfu;
  /** What the sfu's observer was told, a line each. */
  readonly told: Told;
  readonly transports: FakeTransport[] = [];
  #randomState = 1;

  constructor(
    limits = { rooms: 10, participantsPerRoom: 10, publicationsPerParticipant: 10 },
    roomQuota?: RoomQuota,
  ) {
    const lines: string[] = [];
    this.told = { lines, clear: () => lines.splice(0) };
    this.sfu = new Sfu({
      clock: { now: () => this.now, wall: () => 1_700_000_000_000 + this.now },
      random: (bytes) => Uint8Array.from({ length: bytes }, () => this.#random()),
      limits,
      ...(roomQuota && { roomQuota }),
      server: { createTransport: (observer) => this.#transport(observer) },
      observer: sfuRecorder(lines),
    });
  }

  join(
    room: Room,
    identity: string,
    options: {
      permissions?: Partial<ParticipantPermissions>;
      autoSubscribe?: boolean;
      defaultQuality?: VideoQuality;
    } = {},
  ): { participant: Participant; told: Told; transport: FakeTransport; connect: () => void } {
    const lines: string[] = [];
    const told = { lines, clear: () => lines.splice(0) };
    const participant = room.join({
      identity,
      name: identity,
      metadata: '',
      attributes: {},
      permissions: { ...EVERYTHING, ...options.permissions },
      autoSubscribe: options.autoSubscribe ?? true,
      ...(options.defaultQuality && { defaultQuality: options.defaultQuality }),
      observer: recorder(lines),
    });
    const transport = this.transports.at(-1)!;
    const { observer } = transport;
    participant.setJoined();
    told.clear();
    return { participant, told, transport, connect: () => observer.onStateChange('connected') };
  }

  #transport(observer: WebRtcTransportObserver): WebRtcTransport {
    const entry: FakeTransport = { observer, closed: false, bandwidth: () => undefined };
    this.transports.push(entry);
    const state: TransportState = 'new';
    const fake: Pick<WebRtcTransport, 'state' | 'close' | 'dataQueued' | 'bandwidth'> = {
      state,
      get bandwidth() {
        return entry.bandwidth();
      },
      close: () => (entry.closed = true),
      dataQueued: () => undefined,
    };
    return fake as WebRtcTransport;
  }

  /** Deterministic bytes: the low byte of a multiplicative generator. */
  #random(): number {
    this.#randomState = (this.#randomState * 48_271) % 0x7fff_ffff;
    return this.#randomState & 0xff;
  }
}

/** A receiver of which only the mid, the kind and a codec are looked at. */
export function receiver(kind: 'audio' | 'video'): RtpReceiver {
  const codec =
    kind === 'audio'
      ? { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }
      : { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, rtxPayloadType: 97 };
  const parameters = { mid: '0', kind, codecs: [codec], extensions: {}, ssrcs: [], rtxPairs: [], rids: [] };
  const fake: Pick<RtpReceiver, 'kind' | 'parameters' | 'sink' | 'close'> = {
    kind,
    parameters,
    sink: undefined,
    close: () => undefined,
  };
  return fake as RtpReceiver;
}

/** A sender in a section of opus or VP8. */
export function sender(kind: 'audio' | 'video'): RtpSender {
  const codecs = receiver(kind).parameters.codecs;
  return new RtpSender(
    { mid: '1', kind, codecs },
    {
      session: 0,
      random: (bytes) => new Uint8Array(bytes),
      onTransportSequence: () => undefined,
      onClosed: () => undefined,
    },
  );
}

function sfuRecorder(lines: string[]): SfuObserver {
  return {
    onRoomStarted: ({ name }) => lines.push(`room ${name} started`),
    onRoomFinished: ({ name }, reason) => lines.push(`room ${name} finished: ${reason}`),
    onParticipantActive: ({ identity }) => lines.push(`${identity} active`),
    onParticipantLeft: ({ identity }) => lines.push(`${identity} left`),
    onPublicationStarted: ({ name }) => lines.push(`${name} started`),
    onPublicationEnded: ({ name }) => lines.push(`${name} ended`),
  };
}

function recorder(lines: string[]): ParticipantObserver {
  return {
    onParticipantChanged: ({ identity, state, publications }) => {
      const tracks = [...publications.values()].filter((publication) => publication.attached);
      lines.push(
        `${identity} ${state}${tracks.map(({ name, muted }) => ` ${name}${muted ? ' muted' : ''}`).join('')}`,
      );
    },
    onSubscriptionsChanged: () => lines.push('subscriptions'),
    onSpeakersChanged: (changes) =>
      lines.push(
        `speakers ${changes.map(({ participant, active }) => `${participant.identity}:${active}`).join()}`,
      ),
    onTrackSubscribed: ({ name }) => lines.push(`subscribed ${name}`),
    onTrackMuted: ({ name, muted }) => lines.push(`told to ${muted ? 'mute' : 'unmute'} ${name}`),
    onTrackUnpublished: ({ name }) => lines.push(`told to unpublish ${name}`),
    onQualityWanted: ({ name, wantedQualities }) =>
      lines.push(`quality ${name} ${wantedQualities.map(({ quality }) => quality).join()}`),
    onQualitiesChanged: (changes) =>
      lines.push(
        `qualities ${changes.map(({ participant, quality }) => `${participant.identity}:${quality}`).join()}`,
      ),
    onSubscriptionPermissionChanged: ({ name }, allowed) =>
      lines.push(`${allowed ? 'may' : 'may not'} subscribe to ${name}`),
    onStreamStateChanged: ({ publication }, state) => lines.push(`${publication.source} is ${state}`),
    onRoomChanged: ({ visibleCount }) => lines.push(`room ${visibleCount}`),
    onTransportStateChange: (state) => lines.push(`transport ${state}`),
    onDataChannel: () => lines.push('channel'),
    onMessage: () => lines.push('message'),
    onClosed: (reason) => lines.push(`closed ${reason}`),
  };
}
