import type { ThreadMetric } from '@parley/core';

/** Version of what follows; a thread of another is refused. */
export const TCP_PROTOCOL_VERSION = 1;

/** What the TCP thread is started with. */
export interface TcpWorkerData {
  /** Port of media over UDP, and over TCP. */
  port: number;
  /** Local addresses to listen on; empty stands for all. */
  bind: readonly string[];
  maxConnections: number;
  maxConnectionsPerAddress: number;
}

/** What the main thread and the TCP thread exchange: its metrics are all that there is to ask. */
export interface TcpProtocol {
  hello: undefined;
  toWorker: never;
  fromWorker: never;
  question: 'metrics';
  answer: ThreadMetric[];
}
