import type { FromWorker, ToWorker, WorkerLike, WorkerProtocol } from '../../src/index.js';

type Subscription<P extends WorkerProtocol> =
  | [event: 'message', listener: (message: FromWorker<P>) => void]
  | [event: 'error', listener: (error: unknown) => void]
  | [event: 'exit', listener: (code: number) => void];

/** Stands for the thread behind a SupervisedWorker: tests say what it does. */
export class FakeWorker<P extends WorkerProtocol> implements WorkerLike<P> {
  readonly posted: ToWorker<P>[] = [];
  readonly transferred: (ArrayBuffer[] | undefined)[] = [];
  terminated = false;
  onPost: (message: ToWorker<P>) => void = () => undefined;
  say: (message: FromWorker<P>) => void = () => undefined;
  fail: (error: unknown) => void = () => undefined;
  exit: (code: number) => void = () => undefined;

  postMessage(message: ToWorker<P>, transfer?: ArrayBuffer[]): void {
    this.posted.push(message);
    this.transferred.push(transfer);
    this.onPost(message);
  }

  on(...[event, listener]: Subscription<P>): this {
    if (event === 'message') this.say = listener;
    else if (event === 'error') this.fail = listener;
    else this.exit = listener;
    return this;
  }

  terminate(): Promise<number> {
    this.terminated = true;
    return Promise.resolve(0);
  }
}
