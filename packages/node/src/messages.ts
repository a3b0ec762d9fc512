import type { ThreadMetric } from '@parley/core';
import type { AdvertisedAddress } from '@parley/transport';

export type { AdvertisedAddress };

/** Version of all that is here; a thread of another is refused. */
export const MEDIA_PROTOCOL_VERSION = 2;

/** What a node is started with. */
export interface MediaNodeData {
  /** Its number, from 0. */
  thread: number;
  /** UDP port, which all media threads share; 0 lets the system choose. */
  port: number;
  /** The character by which the thread's ICE checks are told from those of the others. */
  ufragPrefix: string;
  /** Rooms by thread, in shared memory: the limit holds for all of them together. */
  roomCounts: Int32Array;
  /** Local addresses to listen on; empty stands for all. */
  bind: readonly string[];
  /** Whether media is taken over TCP too. */
  tcp: boolean;
  /** Where clients are told to send media to. */
  addresses: readonly AdvertisedAddress[];
  limits: {
    rooms: number;
    participantsPerRoom: number;
    mediaPacketsPerSecond: number;
  };
}

/** To a media thread. `id` is the main thread's name for a link. */
export type ToMedia =
  /** A client of this front comes; what it wants is the front's business. */
  | { type: 'open'; id: number; front: string; payload: unknown }
  | { type: 'frame'; id: number; data: Uint8Array | string }
  /** The client is gone. */
  | { type: 'close'; id: number }
  /** From now on clients are told of these addresses. */
  | { type: 'advertise'; addresses: readonly AdvertisedAddress[] }
  /** The room is somebody else's by now: it ends here. */
  | { type: 'end-room'; room: string };

/** From a media thread. */
export type FromMedia =
  /** Answers `open`: the client is let in. */
  | { type: 'opened'; id: number }
  /** Answers `open` with an HTTP status. */
  | { type: 'refused'; id: number; status: number; text: string }
  /** Answers `open` of a client that went away meanwhile: nothing of it is left. */
  | { type: 'abandoned'; id: number }
  | { type: 'frame'; id: number; data: Uint8Array | string }
  | { type: 'close'; id: number; code: number; reason: string }
  /** Comes before the answer to whatever began the room. */
  | { type: 'room-started'; room: string }
  /** Comes after what fronts have to say of its end. */
  | { type: 'room-finished'; room: string }
  /** A front has something to tell that nobody asked for. */
  | { type: 'event'; front: string; payload: unknown };

export type MediaQuestion = { type: 'metrics' } | { type: 'front'; front: string; payload: unknown };

export type MediaAnswer = { type: 'metrics'; metrics: ThreadMetric[] } | { type: 'front'; payload: unknown };

/** What the main thread and a media thread exchange, within what every supervised worker does. */
export interface MediaProtocol {
  hello: { port: number };
  toWorker: ToMedia;
  fromWorker: FromMedia;
  question: MediaQuestion;
  answer: MediaAnswer;
}
