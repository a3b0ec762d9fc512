import {
  ConnectionError,
  ConnectionErrorReason,
  ConnectionState,
  DisconnectReason,
  Room,
  RoomEvent,
  Track,
  VideoPresets,
  type DataPacket_Kind,
  type LocalTrackPublication,
  type Participant,
  type RoomOptions,
  type TextStreamReader,
  type TrackPublication,
} from 'livekit-client';
import { MESSAGE_LIMIT } from '../chat/chat-message.js';
import type { MediaSource } from '../lib/media-problem.js';
import {
  JoinError,
  type CallRoom,
  type CallRoomEvents,
  type ChosenDevices,
  type EndReason,
  type JoinProblem,
} from './call-room.js';
import { nameOf, readParticipants } from './livekit-participants.js';
import { DEAFENED_ATTRIBUTE, HAND_ATTRIBUTE, type ParticipantView } from './participants.js';

/** Everything that can change what `participants` answers. */
const CHANGES = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ParticipantNameChanged,
  RoomEvent.ParticipantAttributesChanged,
  RoomEvent.ParticipantActive,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.TrackStreamStateChanged,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.AudioPlaybackStatusChanged,
  RoomEvent.RecordingStatusChanged,
] as const;

const SOURCES: Record<MediaSource, Track.Source> = {
  microphone: Track.Source.Microphone,
  camera: Track.Source.Camera,
  screen: Track.Source.ScreenShare,
};
/** The text stream topic that LiveKit's own clients use for messages. */
const CHAT_TOPIC = 'lk.chat';
const REACTION_TOPIC = 'reaction';

/** A room of livekit-client, as the session needs it. */
export class LivekitRoom implements CallRoom {
  readonly #room: Room;
  readonly #events: CallRoomEvents;
  /** Sources that are switched from here: what happens to them was asked for. */
  readonly #switching = new Set<MediaSource>();

  private constructor(room: Room, events: CallRoomEvents) {
    this.#room = room;
    this.#events = events;
  }

  /** Connects. Rejects with a JoinError when the connection fails. */
  static async open(token: string, devices: ChosenDevices, events: CallRoomEvents): Promise<LivekitRoom> {
    const opened = new LivekitRoom(new Room(roomOptions(devices)), events);
    opened.#listen();
    try {
      await opened.#room.connect(serverAddress(location), token);
    } catch (error) {
      throw new JoinError(joinProblemOf(error), error);
    }
    opened.#room.once(RoomEvent.Disconnected, (reason) => events.ended(endReasonOf(reason)));
    return opened;
  }

  get canPlaySound(): boolean {
    return this.#room.canPlaybackAudio;
  }

  get isRecording(): boolean {
    return this.#room.isRecording;
  }

  participants(): ParticipantView[] {
    return readParticipants(this.#room);
  }

  isPublished(source: MediaSource): boolean {
    const publication = this.#room.localParticipant.getTrackPublication(SOURCES[source]);
    return publication?.track?.mediaStreamTrack.readyState === 'live' && !publication.isMuted;
  }

  async setPublished(source: MediaSource, on: boolean): Promise<void> {
    const self = this.#room.localParticipant;
    this.#switching.add(source);
    try {
      if (source === 'microphone') await self.setMicrophoneEnabled(on);
      else if (source === 'camera') await self.setCameraEnabled(on);
      else {
        const options = { audio: true, systemAudio: 'include', contentHint: 'detail' } as const;
        await self.setScreenShareEnabled(on, options);
      }
    } finally {
      this.#switching.delete(source);
    }
  }

  async setHand(at: number | undefined): Promise<void> {
    await this.#room.localParticipant.setAttributes({ [HAND_ATTRIBUTE]: at === undefined ? '' : String(at) });
  }

  async setDeafened(deafened: boolean): Promise<void> {
    await this.#room.localParticipant.setAttributes({ [DEAFENED_ATTRIBUTE]: deafened ? 'yes' : '' });
  }

  async sendText(text: string): Promise<void> {
    await this.#room.localParticipant.sendText(text, { topic: CHAT_TOPIC });
  }

  async sendReaction(payload: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#room.localParticipant.publishData(payload, { reliable: false, topic: REACTION_TOPIC });
  }

  async switchDevice(kind: MediaDeviceKind, deviceId: string): Promise<void> {
    if (this.#room.getActiveDevice(kind) !== deviceId) await this.#room.switchActiveDevice(kind, deviceId);
  }

  startAudio(): Promise<void> {
    return this.#room.startAudio();
  }

  microphone(): MediaStreamTrack | undefined {
    return this.#room.localParticipant.getTrackPublication(Track.Source.Microphone)?.track?.mediaStreamTrack;
  }

  async bytesReceived(): Promise<number | undefined> {
    const all = [this.#room.localParticipant, ...this.#room.remoteParticipants.values()];
    const track = all
      .flatMap(({ trackPublications }) => [...trackPublications.values()])
      .find((publication) => publication.track !== undefined)?.track;
    const report = await track?.getRTCStatsReport();
    if (report === undefined) return undefined;
    // Any track's report holds the path, over which all tracks travel.
    const paths = ([...report.values()] as { type: string; bytesReceived?: number }[]).filter(
      ({ type, bytesReceived }) => type === 'transport' && bytesReceived !== undefined,
    );
    return paths.length === 0 ? undefined : paths.reduce((sum, path) => sum + (path.bytesReceived ?? 0), 0);
  }

  disconnect(): Promise<void> {
    return this.#room.disconnect();
  }

  #listen(): void {
    const room = this.#room;
    const events = this.#events;
    for (const event of CHANGES) room.on(event, () => events.changed());
    room.on(RoomEvent.ActiveSpeakersChanged, (speakers: Participant[]) =>
      events.speaking(speakers.filter(({ isLocal }) => !isLocal).map(({ identity }) => identity)),
    );
    room.on(RoomEvent.SignalReconnecting, () => events.reconnecting(false));
    room.on(RoomEvent.Reconnecting, () => events.reconnecting(true));
    room.on(RoomEvent.Reconnected, () => events.reconnected());
    room.on(RoomEvent.TrackMuted, (publication: TrackPublication, { isLocal }: Participant) => {
      if (isLocal) this.#stopped(publication);
    });
    room.on(RoomEvent.LocalTrackUnpublished, (publication: LocalTrackPublication) =>
      this.#stopped(publication),
    );
    room.on(
      RoomEvent.DataReceived,
      (payload: Uint8Array, sender?: Participant, _kind?: DataPacket_Kind, topic?: string) => {
        if (topic === REACTION_TOPIC && sender !== undefined)
          events.reaction({ name: nameOf(sender), payload });
      },
    );
    room.registerTextStreamHandler(CHAT_TOPIC, (reader, { identity }) => {
      // A stream that its sender breaks off is no message.
      this.#receiveText(reader, identity).catch(() => undefined);
    });
  }

  /** While the connection is made anew, tracks are taken back and published again: nobody stopped them. */
  #stopped(publication: TrackPublication): void {
    const source = (Object.keys(SOURCES) as MediaSource[]).find((key) => SOURCES[key] === publication.source);
    if (source === undefined || this.#switching.has(source)) return;
    if (this.#room.state === ConnectionState.Connected) this.#events.stopped(source);
  }

  async #receiveText(reader: TextStreamReader, identity: string): Promise<void> {
    const text = await readLimited(reader);
    const sender = this.#room.remoteParticipants.get(identity);
    const name = sender === undefined ? identity : nameOf(sender);
    this.#events.message({ id: reader.info.id, identity, name, text });
  }
}

/** Reads a stream up to the limit: what one sender sends must not fill the memory of the others. */
async function readLimited(reader: TextStreamReader): Promise<string> {
  let text = '';
  for await (const part of reader) {
    text += part;
    if (text.length >= MESSAGE_LIMIT) return text.slice(0, MESSAGE_LIMIT);
  }
  return text;
}

function roomOptions({ cameraId, microphoneId, speakerId }: ChosenDevices): RoomOptions {
  return {
    adaptiveStream: true,
    dynacast: true,
    // The page asks before it is left, and one may stay: it hangs up itself once it really goes.
    disconnectOnPageLeave: false,
    videoCaptureDefaults: {
      resolution: VideoPresets.h720.resolution,
      ...(cameraId === '' ? {} : { deviceId: cameraId }),
    },
    audioCaptureDefaults: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(microphoneId === '' ? {} : { deviceId: microphoneId }),
    },
    ...(speakerId === '' ? {} : { audioOutput: { deviceId: speakerId } }),
    publishDefaults: { videoCodec: 'vp8' },
  };
}

/** Signalling is served where the page is. */
function serverAddress(page: Pick<Location, 'protocol' | 'host'>): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}`;
}

export function joinProblemOf(error: unknown): JoinProblem {
  if (!(error instanceof ConnectionError)) return 'failed';
  switch (error.reason) {
    case ConnectionErrorReason.NotAllowed:
      return 'refused';
    case ConnectionErrorReason.ServerUnreachable:
    case ConnectionErrorReason.WebSocket:
    case ConnectionErrorReason.ServiceNotFound:
      return 'unreachable';
    case ConnectionErrorReason.Timeout:
      return 'timeout';
    default:
      return 'failed';
  }
}

export function endReasonOf(reason: DisconnectReason | undefined): EndReason {
  switch (reason) {
    case DisconnectReason.CLIENT_INITIATED:
      return 'left';
    case DisconnectReason.DUPLICATE_IDENTITY:
      return 'elsewhere';
    case DisconnectReason.PARTICIPANT_REMOVED:
      return 'removed';
    case DisconnectReason.ROOM_DELETED:
    case DisconnectReason.ROOM_CLOSED:
      return 'closed';
    case DisconnectReason.SERVER_SHUTDOWN:
      return 'restarting';
    default:
      return 'lost';
  }
}
