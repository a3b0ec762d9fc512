import type { Tile } from '../client/participant.js';
import type { VideoLayer } from '../client/vp8-stream.js';

/** What the parent asks a load process to do, by name, with what it takes and gives back. */
export interface LoadCommands {
  /** Participants join, publish, and wait for what they expect; resolves when all of them are there. */
  join: { takes: JoinCommand; gives: JoinResult };
  /** Participants ask for the layers that fit what they show: by identity of who asks. */
  show: { takes: Record<string, Tile[]>; gives: null };
  /** Packets so far, over all participants that are there. */
  count: { takes: null; gives: PacketCount };
  /** All participants leave. */
  leave: { takes: null; gives: null };
}

export interface JoinCommand {
  url: string;
  participants: JoiningParticipant[];
  /** How many join at the same time. */
  concurrency: number;
}

export interface JoiningParticipant {
  identity: string;
  token: string;
  /** Publishes an opus track. */
  audio?: boolean;
  /** Publishes a VP8 track of these layers. */
  video?: VideoLayer[];
  /** Is there only when this has come. */
  expects: MediaKind[];
}

export type MediaKind = 'audio' | 'video';

/** Milliseconds from opening the WebSocket, of each participant in the order in which they were there. */
export interface JoinResult {
  /** Until media could flow: the DTLS handshake was done. */
  connected: number[];
  /** Until the first opus packet, and until a key frame was complete; of those who expected it. */
  audio: number[];
  video: number[];
}

export interface PacketCount {
  /** When they were counted, in milliseconds on the load process' own clock. */
  at: number;
  sent: number;
  received: number;
  lost: number;
}

export type LoadCommandName = keyof LoadCommands;

/** A command on its way to the load process. */
export type LoadRequest = {
  [Name in LoadCommandName]: { id: number; name: Name; argument: LoadCommands[Name]['takes'] };
}[LoadCommandName];

/** Its result, or why there is none. */
export interface LoadResponse {
  id: number;
  result?: LoadCommands[LoadCommandName]['gives'];
  error?: string;
}
