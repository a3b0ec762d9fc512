import type { MediaSource } from '../lib/media-problem.js';
import type { ParticipantView } from './participants.js';

/** Why a connection to a room is over. */
export type EndReason = 'left' | 'elsewhere' | 'removed' | 'closed' | 'restarting' | 'lost';

export interface ReceivedMessage {
  id: string;
  identity: string;
  name: string;
  text: string;
}

export interface ReceivedReaction {
  name: string;
  payload: Uint8Array;
}

/** What a room tells the session. */
export interface CallRoomEvents {
  /** Something that `participants` or `isRecording` or `canPlaySound` answers may have changed. */
  changed(): void;
  /** Who makes a sound, the loudest first. */
  speaking(identities: readonly string[]): void;
  /** The connection is being repaired; `whole`: made anew, and everybody else is gone until it is there. */
  reconnecting(whole: boolean): void;
  reconnected(): void;
  ended(reason: EndReason): void;
  /** Something of one's own stopped without having been asked to here: by a host, the browser or the device. */
  stopped(source: MediaSource): void;
  message(message: ReceivedMessage): void;
  reaction(reaction: ReceivedReaction): void;
}

/** A connection to a room, as the session needs it. */
export interface CallRoom {
  readonly canPlaySound: boolean;
  readonly isRecording: boolean;
  /** Oneself first, then the others in the order in which they came. */
  participants(): ParticipantView[];
  isPublished(source: MediaSource): boolean;
  /** Rejects when the device, the browser or the server refuses. */
  setPublished(source: MediaSource, on: boolean): Promise<void>;
  /** When the hand went up, in milliseconds since 1970; undefined lowers it. */
  setHand(at: number | undefined): Promise<void>;
  /** Tells the others whether one hears them. */
  setDeafened(deafened: boolean): Promise<void>;
  sendText(text: string): Promise<void>;
  sendReaction(payload: Uint8Array<ArrayBuffer>): Promise<void>;
  switchDevice(kind: MediaDeviceKind, deviceId: string): Promise<void>;
  /** Plays sound that the browser held back; only from a click. */
  startAudio(): Promise<void>;
  /** The open microphone, also while it is muted. */
  microphone(): MediaStreamTrack | undefined;
  /** Bytes that have arrived over the path for media; undefined where nobody can tell. */
  bytesReceived(): Promise<number | undefined>;
  disconnect(): Promise<void>;
}

/** Devices to use; empty strings mean the browser's default. */
export interface ChosenDevices {
  cameraId: string;
  microphoneId: string;
  speakerId: string;
}

/** Connects. Rejects with a JoinError when the connection fails. */
export type OpenRoom = (token: string, devices: ChosenDevices, events: CallRoomEvents) => Promise<CallRoom>;

export type JoinProblem = 'refused' | 'unreachable' | 'timeout' | 'failed';

/** Why a connection could not be opened. */
export class JoinError extends Error {
  override readonly name = 'JoinError';
  readonly problem: JoinProblem;

  constructor(problem: JoinProblem, cause?: unknown) {
    super(`The room could not be joined: ${problem}`, { cause });
    this.problem = problem;
  }
}
