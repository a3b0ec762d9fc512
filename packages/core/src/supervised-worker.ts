import { Heartbeat, SILENCE } from './heartbeat.js';
import type { Log } from './log.js';
import { PendingQuestions } from './pending-questions.js';
import type { FromWorker, ToWorker, WorkerProtocol } from './worker-messages.js';

/** What is used of a `Worker`, so that tests can bring their own. */
export interface WorkerLike<P extends WorkerProtocol> {
  postMessage(message: ToWorker<P>, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (message: FromWorker<P>) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<number>;
}

export interface SupervisedWorkerOptions<P extends WorkerProtocol> {
  /** What log lines call it, such as `media thread`. */
  name: string;
  /** Of the protocol; a worker of another is refused. */
  version: number;
  /** Starts a worker; called again after one has died. */
  spawn: () => WorkerLike<P>;
  log: Log;
  onMessage?: (message: P['fromWorker']) => void;
  /** The worker is gone. Whoever waits for an answer hears of it afterwards. */
  onEnded?: () => void;
  /** Milliseconds that it may take to get ready, and be busy with one thing. Default: 30 s, and 10 s. */
  patience?: number;
  /** Monotonic time in milliseconds. Default `performance.now`. */
  now?: () => number;
}

/** Why a worker could not be started, or ended. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  /** Of the system's error, such as EADDRINUSE; or `not-ready`, `version`, `ended`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const FIRST_RESTART_DELAY = 250;
const LONGEST_RESTART_DELAY = 10_000;
/** Milliseconds in which a worker must have said hello, unless it is given another time. */
const START_TIMEOUT = 30_000;

/**
 * A thread that is kept alive: one that dies, is stuck or never gets ready is ended, and started again after a delay that
 * doubles until one has run for a while. Questions are answered, or given up at their deadline or with the worker.
 */
export class SupervisedWorker<P extends WorkerProtocol> {
  readonly #options: SupervisedWorkerOptions<P>;
  readonly #now: () => number;
  readonly #questions = new PendingQuestions<P['answer']>();
  readonly #heartbeat: Heartbeat;
  #worker: WorkerLike<P> | undefined;
  #readyAt: number | undefined;
  #isDraining = false;
  #isClosing = false;
  #closed: Promise<void> | undefined;
  #restartDelay = FIRST_RESTART_DELAY;
  #restartTimer: NodeJS.Timeout | undefined;
  #exited: (() => void) | undefined;

  constructor(options: SupervisedWorkerOptions<P>) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    const silence = options.patience ?? SILENCE;
    this.#heartbeat = new Heartbeat({
      silence,
      ask: () => {
        this.#send({ type: 'ping' });
      },
      onSilent: () => {
        this.#log('error', {}, `has not answered for ${silence / 1_000} s and is ended`);
        void this.#worker?.terminate();
      },
      now: this.#now,
    });
  }

  /** Whether it takes messages and questions. */
  get ready(): boolean {
    return this.#readyAt !== undefined && !this.#isClosing;
  }

  /** Resolves with what the worker says of itself; rejects with a WorkerError when it does not get ready. */
  start(): Promise<P['hello']> {
    return new Promise((resolve, reject) => {
      this.#spawn(resolve, reject);
    });
  }

  /** Dropped while there is no worker. */
  post(message: P['toWorker'], transfer?: ArrayBuffer[]): void {
    this.#send({ type: 'message', message }, transfer);
  }

  /** @returns the answer; undefined when none comes within `timeout` milliseconds, or at all. */
  ask(question: P['question'], timeout: number): Promise<P['answer'] | undefined> {
    if (!this.ready) return Promise.resolve(undefined);
    return this.#questions.ask((id) => {
      this.#send({ type: 'ask', id, question });
    }, timeout);
  }

  /** It is to begin nothing new, nor is a worker that takes its place. */
  drain(): void {
    this.#isDraining = true;
    this.#send({ type: 'drain' });
  }

  /** Lets the worker come to its end, then ends it; after `timeout` milliseconds by force. Idempotent. */
  close(timeout: number): Promise<void> {
    this.#closed ??= this.#close(timeout);
    return this.#closed;
  }

  async #close(timeout: number): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#restartTimer);
    this.#heartbeat.stop();
    const worker = this.#worker;
    if (worker === undefined) return;
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(resolve, timeout);
      this.#exited = () => {
        clearTimeout(deadline);
        resolve();
      };
      this.#send({ type: 'shutdown' });
    });
    await worker.terminate();
  }

  #spawn(onReady: (hello: P['hello']) => void, onFailure: (error: WorkerError) => void): void {
    const worker = this.#options.spawn();
    this.#worker = worker;
    let failure: WorkerError | undefined;
    const startTimeout = this.#options.patience ?? START_TIMEOUT;
    const startTimer = setTimeout(() => {
      failure = new WorkerError('not-ready', `it was not ready within ${startTimeout / 1_000} s`);
      void worker.terminate();
    }, startTimeout);
    worker.on('message', (message) => {
      if (message.type === 'hello') {
        clearTimeout(startTimer);
        failure = versionFailure(message.version, this.#options.version);
        if (failure) {
          void worker.terminate();
          return;
        }
        this.#readyAt = this.#now();
        this.#heartbeat.start();
        if (this.#isDraining) this.drain();
        onReady(message.hello);
      } else if (message.type === 'fatal') {
        failure ??= new WorkerError(message.code ?? 'ended', message.message);
        this.#log('debug', { stack: message.stack }, 'ends');
      } else {
        this.#handle(message);
      }
    });
    worker.on('error', (error) => {
      failure ??= new WorkerError(codeOf(error) ?? 'ended', textOf(error));
      this.#log('debug', { err: error }, 'failed');
    });
    worker.on('exit', (code) => {
      clearTimeout(startTimer);
      this.#ended(failure ?? new WorkerError('ended', `it ended with code ${code}`), onFailure);
    });
  }

  #ended(failure: WorkerError, onFailure: (error: WorkerError) => void): void {
    const { onEnded } = this.#options;
    const readyAt = this.#readyAt;
    this.#readyAt = undefined;
    this.#heartbeat.stop();
    this.#worker = undefined;
    this.#exited?.();
    onEnded?.();
    this.#questions.dropAll();
    if (readyAt === undefined || this.#isClosing) {
      onFailure(failure);
      return;
    }
    if (this.#now() - readyAt >= LONGEST_RESTART_DELAY) this.#restartDelay = FIRST_RESTART_DELAY;
    this.#restart(failure);
  }

  #restart(reason: WorkerError): void {
    const delay = this.#restartDelay;
    this.#restartDelay = Math.min(delay * 2, LONGEST_RESTART_DELAY);
    this.#log('error', { delay, reason: reason.message }, 'ended; it is started again');
    this.#restartTimer = setTimeout(() => {
      this.#spawn(
        () => {
          this.#log('info', {}, 'is back');
        },
        (error) => {
          if (!this.#isClosing) this.#restart(error);
        },
      );
    }, delay);
  }

  #handle(message: Exclude<FromWorker<P>, { type: 'hello' } | { type: 'fatal' }>): void {
    switch (message.type) {
      case 'message':
        this.#options.onMessage?.(message.message);
        break;
      case 'answer':
        this.#questions.answer(message.id, message.answer);
        break;
      case 'unanswered':
        this.#questions.answer(message.id, undefined);
        break;
      case 'pong':
        this.#heartbeat.answered();
        break;
      case 'log':
        this.#options.log(message.level, message.fields, message.message);
        break;
    }
  }

  #send(message: ToWorker<P>, transfer?: ArrayBuffer[]): void {
    this.#worker?.postMessage(message, transfer);
  }

  #log(level: 'debug' | 'info' | 'error', fields: Record<string, unknown>, what: string): void {
    this.#options.log(level, fields, `The ${this.#options.name} ${what}`);
  }
}

function versionFailure(theirs: number, ours: number): WorkerError | undefined {
  if (theirs === ours) return undefined;
  return new WorkerError(
    'version',
    `it speaks version ${theirs} of the protocol between threads, the server version ${ours}: build all of it anew and restart`,
  );
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
