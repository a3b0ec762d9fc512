import type { LogLevel } from './log.js';

/** What a kind of worker exchanges with its supervisor, beside what every worker does. */
export interface WorkerProtocol {
  /** What the worker says of itself when it is ready. */
  hello: unknown;
  toWorker: unknown;
  fromWorker: unknown;
  question: unknown;
  answer: unknown;
}

/** From the supervisor to its worker. `id` is the supervisor's name for a question. */
export type ToWorker<P extends WorkerProtocol> =
  | { type: 'message'; message: P['toWorker'] }
  | { type: 'ask'; id: number; question: P['question'] }
  /** Whether the worker is alive. */
  | { type: 'ping' }
  /** Nothing new is begun: a `shutdown` follows. */
  | { type: 'drain' }
  | { type: 'shutdown' };

/** From the worker to its supervisor. */
export type FromWorker<P extends WorkerProtocol> =
  /** Comes first. `version` is that of the protocol. */
  | { type: 'hello'; version: number; hello: P['hello'] }
  | { type: 'message'; message: P['fromWorker'] }
  | { type: 'answer'; id: number; answer: P['answer'] }
  /** Answering failed; the log says why. */
  | { type: 'unanswered'; id: number }
  | { type: 'pong' }
  | { type: 'log'; level: LogLevel; fields: Record<string, unknown>; message: string }
  /** The worker cannot go on and ends. `code` is that of a system error, if it was one. */
  | { type: 'fatal'; message: string; code: string | undefined; stack: string | undefined };
