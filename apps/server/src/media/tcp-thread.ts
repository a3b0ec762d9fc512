import { SupervisedWorker, type Log, type ThreadMetric, type WorkerLike } from '@parley/core';
import { TCP_PROTOCOL_VERSION, type TcpProtocol } from '@parley/node/main-thread';
import { tcpFailure } from './worker-failure.js';

export type TcpWorker = WorkerLike<TcpProtocol>;

export interface TcpThreadOptions {
  /** Starts a worker for a port; called again after one has died. */
  spawn: (port: number) => TcpWorker;
  log: Log;
}

/** Milliseconds. */
const METRICS_TIMEOUT = 1_000;
const CLOSE_TIMEOUT = 500;

/** The main thread's end of the TCP thread. */
export class TcpThread {
  readonly #worker: SupervisedWorker<TcpProtocol>;
  #port = 0;

  constructor({ log, spawn }: TcpThreadOptions) {
    this.#worker = new SupervisedWorker({
      name: 'TCP thread',
      version: TCP_PROTOCOL_VERSION,
      spawn: () => spawn(this.#port),
      log,
    });
  }

  /** Resolves when the port is listened on; rejects with an OperatorError when that is impossible. */
  async start(port: number): Promise<void> {
    this.#port = port;
    try {
      await this.#worker.start();
    } catch (error) {
      throw tcpFailure(error, port);
    }
  }

  /** Empty when the thread does not answer. */
  async metrics(): Promise<ThreadMetric[]> {
    return (await this.#worker.ask('metrics', METRICS_TIMEOUT)) ?? [];
  }

  /** Closes the port and every connection. Idempotent. */
  close(): Promise<void> {
    return this.#worker.close(CLOSE_TIMEOUT);
  }
}
