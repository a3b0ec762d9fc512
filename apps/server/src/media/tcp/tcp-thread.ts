import type { Logger } from 'pino';
import { errorCode, errorText, OperatorError } from '../../errors.js';
import type { ThreadMetric } from '../messages.js';
import type { FromTcp, ToTcp } from './messages.js';

/** What is used of a `Worker`, so that tests can bring their own. */
export interface TcpWorker {
  postMessage(message: ToTcp): void;
  on(event: 'message', listener: (message: FromTcp) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<number>;
}

export interface TcpThreadOptions {
  /** Starts a worker for a port; called again after one has died. */
  spawn: (port: number) => TcpWorker;
  log: Logger;
}

const RESTART_DELAY = 1_000;
const METRICS_TIMEOUT = 1_000;

/** The main thread's end of the TCP thread: starts it, and starts it again when it has died. */
export class TcpThread {
  readonly #options: TcpThreadOptions;
  readonly #metrics = new Map<number, (metrics: ThreadMetric[]) => void>();
  #worker: TcpWorker | undefined;
  #ready = false;
  #closing = false;
  #nextId = 1;
  #restartTimer: NodeJS.Timeout | undefined;

  constructor(options: TcpThreadOptions) {
    this.#options = options;
  }

  /** Resolves when the port is listened on; rejects with an OperatorError when that is impossible. */
  start(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#spawn(port, resolve, reject);
    });
  }

  /** Empty when the thread does not answer. */
  metrics(): Promise<ThreadMetric[]> {
    const worker = this.#worker;
    if (worker === undefined || !this.#ready) return Promise.resolve([]);
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const answer = (metrics: ThreadMetric[]): void => {
        clearTimeout(timeout);
        this.#metrics.delete(id);
        resolve(metrics);
      };
      const timeout = setTimeout(answer, METRICS_TIMEOUT, []);
      this.#metrics.set(id, answer);
      worker.postMessage({ type: 'metrics', id });
    });
  }

  /** Closes the port and every connection. Idempotent. */
  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#restartTimer);
    await this.#worker?.terminate();
  }

  #spawn(port: number, onReady: () => void, onFailure: (error: OperatorError) => void): void {
    const worker = this.#options.spawn(port);
    this.#worker = worker;
    let failure: OperatorError | undefined;
    worker.on('message', (message) => {
      switch (message.type) {
        case 'ready':
          this.#ready = true;
          onReady();
          break;
        case 'metrics':
          this.#metrics.get(message.id)?.(message.metrics);
          break;
        case 'fatal':
          failure = startFailure(message.code, message.message, port);
          break;
      }
    });
    worker.on('error', (error) => {
      failure ??= startFailure(errorCode(error), errorText(error), port);
    });
    worker.on('exit', (code) => {
      const wasReady = this.#ready;
      this.#ready = false;
      this.#worker = undefined;
      for (const answer of [...this.#metrics.values()]) answer([]);
      failure ??= startFailure(undefined, `the thread ended with code ${code}`, port);
      if (this.#closing || !wasReady) onFailure(failure);
      else this.#restart(port, failure);
    });
  }

  #restart(port: number, reason: OperatorError): void {
    this.#options.log.error({ reason: reason.message }, 'The TCP thread ended; it is started again');
    this.#restartTimer = setTimeout(() => {
      this.#spawn(
        port,
        () => {
          this.#options.log.info({ port }, 'The TCP thread is back');
        },
        (error) => {
          if (!this.#closing) this.#restart(port, error);
        },
      );
    }, RESTART_DELAY);
  }
}

function startFailure(code: string | undefined, message: string, port: number): OperatorError {
  if (code === 'EADDRINUSE') {
    return new OperatorError(
      `TCP port ${port} of media is in use: stop the other program, set media.port (PARLEY_MEDIA_PORT) to another, or switch media.tcp (PARLEY_MEDIA_TCP) off`,
    );
  }
  return new OperatorError(`Media over TCP could not be started: ${message}`);
}
