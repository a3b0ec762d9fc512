import type { TwirpRequest, TwirpResponse, Webhook } from '@parley/livekit';
import type { AdvertisedAddress } from '@parley/transport';
import type { Config } from '../config/schema.js';

/** What a media thread is started with. */
export interface MediaWorkerData {
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
  /** API key → secret. */
  secrets: ReadonlyMap<string, string>;
  iceServers: Config['ice_servers'];
  limits: Config['limits'];
  version: string;
  /** Whether the server API may unmute participants. */
  remoteUnmute: boolean;
  /** Whether webhook events are wanted. */
  webhooks: boolean;
}

/** A LiveKit client's request, as it came over HTTP: the media thread judges it. */
export interface SignalHttpRequest {
  path: 'v0' | 'v1';
  /** Without the question mark. */
  query: string;
  authorization: string | undefined;
  userAgent: string;
  /** The client's IP address. */
  address: string;
}

/** From the main thread to a media thread. `id` is the main thread's name for a connection or a question. */
export type ToMedia =
  | ({ type: 'connect'; id: number } & SignalHttpRequest)
  | ({ type: 'validate'; id: number } & SignalHttpRequest)
  | { type: 'message'; id: number; data: Uint8Array | string }
  | { type: 'disconnect'; id: number }
  /** From now on clients are told of these addresses. */
  | { type: 'advertise'; addresses: readonly AdvertisedAddress[] }
  | { type: 'call-api'; id: number; request: TwirpRequest }
  | { type: 'metrics'; id: number }
  /** Whether the thread is alive. */
  | { type: 'ping' }
  /** No further rooms: a `shutdown` follows. */
  | { type: 'drain' }
  | { type: 'shutdown' };

/** From a media thread to the main thread. */
export type FromMedia =
  | { type: 'ready'; port: number; fingerprint: string }
  /** Answers `connect`: finish the upgrade. */
  | { type: 'accepted'; id: number }
  /** Answers `connect` with an HTTP status instead of an upgrade. */
  | { type: 'rejected'; id: number; status: number; text: string }
  /** Answers `connect` of a client that went away meanwhile: nothing of it is left. */
  | { type: 'abandoned'; id: number }
  | { type: 'validated'; id: number; status: number; text: string }
  | { type: 'send'; id: number; data: Uint8Array | string }
  | { type: 'close'; id: number; code: number; reason: string }
  | { type: 'api-answer'; id: number; response: TwirpResponse }
  /** Comes before the answer to whatever began the room. */
  | { type: 'room-started'; room: string }
  /** Comes after the webhook of it. */
  | { type: 'room-finished'; room: string }
  | { type: 'pong' }
  | { type: 'webhook'; webhook: Webhook }
  | { type: 'metrics'; id: number; metrics: ThreadMetric[] }
  | { type: 'log'; level: LogLevel; fields: Record<string, unknown>; message: string }
  /** The thread cannot go on and ends. `code` is that of a system error, if it was one. */
  | { type: 'fatal'; message: string; code: string | undefined; stack: string | undefined };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A metric of one thread, in the form in which prom-client merges those of several. */
export interface ThreadMetric {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  /** What becomes of the values of several threads. */
  aggregator: 'sum' | 'max';
  /** Of a histogram they have names of their own: `…_bucket`, `…_sum` and `…_count`. */
  values: { value: number; labels: Record<string, string>; metricName?: string }[];
}
