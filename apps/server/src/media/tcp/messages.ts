import type { ThreadMetric } from '../messages.js';

/** What the TCP thread is started with. */
export interface TcpWorkerData {
  /** Port of media over UDP, and over TCP. */
  port: number;
  /** Local addresses to listen on; empty stands for all. */
  bind: readonly string[];
  maxConnections: number;
  maxConnectionsPerAddress: number;
}

/** From the main thread to the TCP thread. `id` is the main thread's name for a question. */
export interface ToTcp {
  type: 'metrics';
  id: number;
}

/** From the TCP thread to the main thread. */
export type FromTcp =
  | { type: 'ready' }
  | { type: 'metrics'; id: number; metrics: ThreadMetric[] }
  /** The thread cannot go on and ends. `code` is that of a system error, if it was one. */
  | { type: 'fatal'; message: string; code: string | undefined };
