import type { Log } from './log.js';
import type { FromWorker, ToWorker, WorkerProtocol } from './worker-messages.js';

/** What is used of a `MessagePort`. */
export interface PortLike<P extends WorkerProtocol> {
  postMessage(message: FromWorker<P>, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (message: ToWorker<P>) => void): unknown;
  close(): void;
}

export interface SupervisedPortOptions<P extends WorkerProtocol> {
  port: PortLike<P>;
  /** Of the protocol. */
  version: number;
  onMessage: (message: P['toWorker']) => void;
  /** What it throws is logged, and the question gets no answer. */
  onQuestion: (question: P['question']) => P['answer'] | Promise<P['answer']>;
  onDrain: () => void;
  /** What was posted before it returns still arrives. */
  onShutdown: () => void;
}

/** The worker's end of a `SupervisedWorker`. */
export class SupervisedPort<P extends WorkerProtocol> {
  readonly #options: SupervisedPortOptions<P>;

  constructor(options: SupervisedPortOptions<P>) {
    this.#options = options;
  }

  /** For whoever in the worker has something to say in the log. */
  readonly log: Log = (level, fields, message) => {
    this.#options.port.postMessage({ type: 'log', level, fields, message });
  };

  /** From now on the worker takes messages. */
  ready(hello: P['hello']): void {
    const { port, version } = this.#options;
    port.on('message', (message) => {
      this.#handle(message);
    });
    port.postMessage({ type: 'hello', version, hello });
  }

  post(message: P['fromWorker'], transfer?: ArrayBuffer[]): void {
    this.#options.port.postMessage({ type: 'message', message }, transfer);
  }

  /** The worker cannot go on; the caller ends it. */
  fatal(error: Error): void {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    this.#options.port.postMessage({ type: 'fatal', message: error.message, code, stack: error.stack });
  }

  #handle(message: ToWorker<P>): void {
    const { onDrain, onMessage, onShutdown, port } = this.#options;
    switch (message.type) {
      case 'message':
        onMessage(message.message);
        break;
      case 'ask':
        void this.#answer(message.id, message.question);
        break;
      case 'ping':
        port.postMessage({ type: 'pong' });
        break;
      case 'drain':
        onDrain();
        break;
      case 'shutdown':
        onShutdown();
        port.close();
        break;
    }
  }

  async #answer(id: number, question: P['question']): Promise<void> {
    const { onQuestion, port } = this.#options;
    try {
      port.postMessage({ type: 'answer', id, answer: await onQuestion(question) });
    } catch (error) {
      this.log('error', { err: error }, 'A question could not be answered');
      port.postMessage({ type: 'unanswered', id });
    }
  }
}
