import type { Clock, Log, ThreadMetric } from '@parley/core';
import type { Sfu } from '@parley/sfu';
import type { PlainRtpServer, WebRtcServer } from '@parley/transport';

/** What a front is made from: the node's own, shared with the other fronts. */
export interface FrontContext {
  /** The rooms. The node runs, drains and closes them. */
  sfu: Sfu;
  /** Makes transports for clients with WebRTC. */
  webRtc: WebRtcServer;
  /** Makes transports for telephones and other servers. */
  plainRtp: PlainRtpServer;
  clock: Clock;
  /** Cryptographically strong random bytes. */
  random: (bytes: number) => Uint8Array;
  log: Log;
  /** Tells the front's half in the main thread something that nobody asked for. */
  emit: (payload: unknown) => void;
}

/** A client's link, such as a WebSocket, as the front sees it. */
export interface FrontConnection {
  /** A binary frame, or a text frame. */
  send(data: Uint8Array | string): void;
  close(code: number, reason: string): void;
}

/** What takes a link's frames from then on. */
export interface FrontSession {
  receive(data: Uint8Array | string): void;
  /** The client is gone. Idempotent. */
  closed(): void;
}

/** The way to a session, or the HTTP answer instead of the link's opening. */
export type OpenAnswer = { ok: true; session: FrontSession } | { ok: false; status: number; text: string };

/**
 * One way into the node's rooms: a protocol of signalling, telephones, a recorder. A front joins rooms as participants of
 * a kind, with transports that it makes, and knows of no other front.
 */
export interface Front {
  /** By which messages name it. */
  readonly name: string;
  /** When `handleTimeout` is to be called next, monotonic milliseconds; Infinity for never. */
  readonly deadline: number;
  handleTimeout(now: number): void;
  /** A client comes. Payloads are from the front's half in the main thread, and read by a schema. */
  open(payload: unknown, connection: FrontConnection): Promise<OpenAnswer>;
  /** A question that has one answer. */
  ask(payload: unknown): Promise<unknown>;
  metrics(): ThreadMetric[];
  /** No room begins any more; the sfu refuses by itself. */
  drain(): void;
  /** The rooms are closed already. */
  close(): void;
}

/** Makes a front for a node. */
export type FrontFactory = (context: FrontContext) => Front;
