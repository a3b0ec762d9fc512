import { RtpSender, type BandwidthControl, type RtpReceiver } from '@parley/transport';
import {
  Sfu,
  type MediaTransport,
  type MediaTransportState,
  type Participant,
  type ParticipantKind,
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
};

/** A transport without a network. */
class FakeTransport implements MediaTransport {
  state: MediaTransportState = 'new';
  closed = false;
  /** Set by tests that have a path. */
  findBandwidth: () => BandwidthControl | undefined = () => undefined;

  get bandwidth(): BandwidthControl | undefined {
    return this.findBandwidth();
  }

  close(): void {
    this.closed = true;
  }
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
    });
    this.sfu.observe(sfuRecorder(lines));
  }

  join(
    room: Room,
    identity: string,
    options: {
      kind?: ParticipantKind;
      permissions?: Partial<ParticipantPermissions>;
      autoSubscribe?: boolean;
      defaultQuality?: VideoQuality;
      /** Default one that the world makes. */
      transports?: undefined;
    } = {},
  ): {
    participant: Participant;
    told: Told;
    transport: FakeTransport;
    setState: (state: MediaTransportState) => void;
    connect: () => void;
  } {
    const lines: string[] = [];
    const told = { lines, clear: () => lines.splice(0) };
    const transport = new FakeTransport();
    this.transports.push(transport);
    const participant = room.join({
      identity,
      kind: options.kind ?? 'standard',
      name: identity,
      metadata: '',
      attributes: {},
      permissions: { ...EVERYTHING, ...options.permissions },
      autoSubscribe: options.autoSubscribe ?? true,
      ...(options.defaultQuality && { defaultQuality: options.defaultQuality }),
      ...(!('transports' in options) && { transports: { publisher: transport, subscriber: transport } }),
      observer: recorder(lines, room),
    });
    participant.setJoined();
    told.clear();
    const setState = (state: MediaTransportState) => {
      transport.state = state;
      participant.transportStateChanged(transport);
    };
    return { participant, told, transport, setState, connect: () => setState('connected') };
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
  const fake: Pick<RtpReceiver, 'kind' | 'parameters' | 'addSink' | 'removeSink' | 'close'> = {
    kind,
    parameters,
    addSink: () => undefined,
    removeSink: () => undefined,
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
      wireSession: 0,
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
    // Participants' own observers tell of it.
    onParticipantChanged: () => undefined,
  };
}

function recorder(lines: string[], room: Room): ParticipantObserver {
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
    onRoomChanged: () => lines.push(`room ${room.visibleCount}`),
    onClosed: (reason) => lines.push(`closed ${reason}`),
  };
}
