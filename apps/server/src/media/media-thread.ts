import type { TwirpRequest, TwirpResponse, Webhook } from '@parley/livekit';
import type { AdvertisedAddress } from '@parley/transport';
import { TwirpError } from '@parley/livekit/twirp-error';
import type { Logger } from 'pino';
import { errorCode, errorText, OperatorError } from '../errors.js';
import { Heartbeat, SILENCE } from './heartbeat.js';
import type { MediaFront, SignalLink, SignalListener } from './media-front.js';
import type { FromMedia, SignalHttpRequest, ThreadMetric, ToMedia } from './messages.js';

/** What is used of a `Worker`, so that tests can bring their own. */
export interface MediaWorker {
  postMessage(message: ToMedia, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (message: FromMedia) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<number>;
}

export interface MediaThreadOptions {
  /** Starts a worker; called again after one has died. */
  spawn: () => MediaWorker;
  log: Logger;
  /** Takes webhook events; default they are dropped. */
  onWebhook?: (webhook: Webhook) => void;
  /** A room has begun or ended there. */
  onRoomStarted?: (room: string) => void;
  onRoomFinished?: (room: string) => void;
  /** The worker is gone, and its rooms with it. Connections and questions hear of it afterwards. */
  onEnded?: () => void;
}

type Validated = (answer: { status: number; text: string }) => void;

/** WebSocket close code for a server that restarts: clients come back (RFC 6455, IANA registry). */
const SERVICE_RESTART = 1012;
const UNAVAILABLE = { status: 503, text: 'media is not available' };
const METRICS_TIMEOUT = 1_000;
const FIRST_RESTART_DELAY = 250;
const LONGEST_RESTART_DELAY = 10_000;

/**
 * The main thread's end of one media thread: passes signalling through and keeps the thread alive.
 *
 * When the worker dies, or is stuck and therefore ended, its connections are closed with 1012 and another one is started,
 * after a delay that doubles.
 */
export class MediaThread implements MediaFront {
  readonly #options: MediaThreadOptions;
  readonly #listeners = new Map<number, SignalListener>();
  /** Connections that the worker has not decided about yet, though their clients may be gone. */
  readonly #undecided = new Map<number, () => void>();
  readonly #validations = new Map<number, Validated>();
  readonly #apiCalls = new Map<number, (response: TwirpResponse) => void>();
  readonly #metrics = new Map<number, (metrics: ThreadMetric[]) => void>();
  readonly #heartbeat = new Heartbeat({
    ask: () => {
      this.#post({ type: 'ping' });
    },
    onSilent: () => {
      this.#options.log.error(`The media thread has not answered for ${SILENCE / 1_000} s and is ended`);
      void this.#worker?.terminate();
    },
  });
  #worker: MediaWorker | undefined;
  #ready = false;
  #draining = false;
  #closing = false;
  #nextId = 1;
  #restartDelay = FIRST_RESTART_DELAY;
  #restartTimer: NodeJS.Timeout | undefined;
  #exited: (() => void) | undefined;

  constructor(options: MediaThreadOptions) {
    this.#options = options;
  }

  get ready(): boolean {
    return this.#ready && !this.#closing;
  }

  /** Signalling connections that are open or being opened. */
  get connections(): number {
    return this.#listeners.size;
  }

  /** Starts the thread; answers the port and the fingerprint, or throws an OperatorError. */
  start(): Promise<{ port: number; fingerprint: string }> {
    return new Promise((resolve, reject) => {
      this.#spawn(resolve, reject);
    });
  }

  /** @param decided Called when the worker has let the client in, or refused it, or is gone, whatever became of the client. */
  connect(
    request: SignalHttpRequest,
    listener: SignalListener,
    decided: () => void = () => undefined,
  ): SignalLink {
    const id = this.#nextId++;
    if (!this.ready) {
      queueMicrotask(() => {
        decided();
        listener.rejected(UNAVAILABLE.status, UNAVAILABLE.text);
      });
      return { receive: () => undefined, disconnect: () => undefined };
    }
    this.#listeners.set(id, listener);
    this.#undecided.set(id, decided);
    this.#post({ type: 'connect', id, ...request });
    return {
      receive: (data) => {
        if (!this.#listeners.has(id)) return;
        if (typeof data === 'string') this.#post({ type: 'message', id, data });
        else this.#postBytes(id, data);
      },
      disconnect: () => {
        if (this.#listeners.delete(id)) this.#post({ type: 'disconnect', id });
      },
    };
  }

  validate(request: SignalHttpRequest): Promise<{ status: number; text: string }> {
    if (!this.ready) return Promise.resolve(UNAVAILABLE);
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#validations.set(id, resolve);
      this.#post({ type: 'validate', id, ...request });
    });
  }

  callApi(request: TwirpRequest): Promise<TwirpResponse> {
    if (!this.ready) return Promise.resolve(apiUnavailable());
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#apiCalls.set(id, resolve);
      this.#post({ type: 'call-api', id, request });
    });
  }

  /** Clients that join from now on are told of these addresses. */
  advertise(addresses: readonly AdvertisedAddress[]): void {
    this.#post({ type: 'advertise', addresses });
  }

  /** No room begins any more; those that are there go on. */
  drain(): void {
    this.#draining = true;
    this.#post({ type: 'drain' });
  }

  metrics(): Promise<ThreadMetric[]> {
    if (!this.ready) return Promise.resolve([]);
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const answer = (metrics: ThreadMetric[]): void => {
        clearTimeout(timeout);
        this.#metrics.delete(id);
        resolve(metrics);
      };
      const timeout = setTimeout(answer, METRICS_TIMEOUT, []);
      this.#metrics.set(id, answer);
      this.#post({ type: 'metrics', id });
    });
  }

  /** Lets every client be told that the server stops, then ends the thread; after `timeout` milliseconds by force. */
  async close(timeout: number): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
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
      this.#post({ type: 'shutdown' });
    });
    await worker.terminate();
  }

  #spawn(
    onReady: (answer: { port: number; fingerprint: string }) => void,
    onFailure: (error: OperatorError) => void,
  ): void {
    const worker = this.#options.spawn();
    this.#worker = worker;
    let failure: OperatorError | undefined;
    worker.on('message', (message) => {
      if (message.type === 'ready') {
        this.#ready = true;
        this.#heartbeat.start();
        this.#restartDelay = FIRST_RESTART_DELAY;
        if (this.#draining) this.drain();
        onReady({ port: message.port, fingerprint: message.fingerprint });
      } else if (message.type === 'fatal') {
        failure = startFailure(message.code, message.message);
        this.#options.log.debug({ stack: message.stack }, 'The media thread ends');
      } else {
        this.#handle(message);
      }
    });
    worker.on('error', (error) => {
      failure ??= startFailure(errorCode(error), errorText(error));
      this.#options.log.debug({ err: error }, 'The media thread failed');
    });
    worker.on('exit', (code) => {
      const wasReady = this.#ready;
      this.#ready = false;
      this.#heartbeat.stop();
      this.#worker = undefined;
      this.#exited?.();
      this.#options.onEnded?.();
      this.#dropAll();
      failure ??= startFailure(undefined, `it ended with code ${code}`);
      if (wasReady && !this.#closing) this.#restart(failure);
      else onFailure(failure);
    });
  }

  #restart(reason: OperatorError): void {
    const delay = this.#restartDelay;
    this.#restartDelay = Math.min(delay * 2, LONGEST_RESTART_DELAY);
    this.#options.log.error({ delay, reason: reason.message }, 'The media thread ended; it is started again');
    this.#restartTimer = setTimeout(() => {
      this.#spawn(
        ({ port }) => {
          this.#options.log.info({ port }, 'The media thread is back');
        },
        (error) => {
          if (!this.#closing) this.#restart(error);
        },
      );
    }, delay);
  }

  #handle(message: Exclude<FromMedia, { type: 'ready' } | { type: 'fatal' }>): void {
    switch (message.type) {
      case 'accepted':
        this.#decided(message.id);
        this.#listeners.get(message.id)?.accepted();
        break;
      case 'rejected':
        this.#decided(message.id);
        this.#take(message.id)?.rejected(message.status, message.text);
        break;
      case 'abandoned':
        this.#decided(message.id);
        break;
      case 'send':
        this.#listeners.get(message.id)?.send(message.data);
        break;
      case 'close':
        this.#take(message.id)?.close(message.code, message.reason);
        break;
      case 'validated':
        this.#validations.get(message.id)?.({ status: message.status, text: message.text });
        this.#validations.delete(message.id);
        break;
      case 'api-answer':
        this.#apiCalls.get(message.id)?.(message.response);
        this.#apiCalls.delete(message.id);
        break;
      case 'pong':
        this.#heartbeat.answered();
        break;
      case 'room-started':
        this.#options.onRoomStarted?.(message.room);
        break;
      case 'room-finished':
        this.#options.onRoomFinished?.(message.room);
        break;
      case 'webhook':
        this.#options.onWebhook?.(message.webhook);
        break;
      case 'metrics':
        this.#metrics.get(message.id)?.(message.metrics);
        break;
      case 'log':
        this.#options.log[message.level](message.fields, message.message);
        break;
    }
  }

  #decided(id: number): void {
    this.#undecided.get(id)?.();
    this.#undecided.delete(id);
  }

  #take(id: number): SignalListener | undefined {
    const listener = this.#listeners.get(id);
    this.#listeners.delete(id);
    return listener;
  }

  /** Nobody answers any more: connections close, questions get a refusal. */
  #dropAll(): void {
    for (const id of [...this.#undecided.keys()]) this.#decided(id);
    const listeners = [...this.#listeners.values()];
    const validations = [...this.#validations.values()];
    const apiCalls = [...this.#apiCalls.values()];
    const metrics = [...this.#metrics.values()];
    this.#listeners.clear();
    this.#validations.clear();
    this.#apiCalls.clear();
    for (const listener of listeners) listener.close(SERVICE_RESTART, 'media restarts');
    for (const validated of validations) validated(UNAVAILABLE);
    for (const answer of apiCalls) answer(apiUnavailable());
    for (const answer of metrics) answer([]);
  }

  #post(message: ToMedia): void {
    this.#worker?.postMessage(message);
  }

  /** Moves a copy of just these bytes: to post the view itself would copy the whole buffer beneath it. */
  #postBytes(id: number, data: Uint8Array): void {
    const bytes = new Uint8Array(data);
    this.#worker?.postMessage({ type: 'message', id, data: bytes }, [bytes.buffer]);
  }
}

function apiUnavailable(): TwirpResponse {
  const error = new TwirpError('unavailable', UNAVAILABLE.text);
  return { status: error.status, contentType: 'application/json', body: Buffer.from(error.toJsonString()) };
}

function startFailure(code: string | undefined, message: string): OperatorError {
  // The native part has the system's text, not its code.
  if (code === 'EADDRINUSE' || message.endsWith('Address already in use')) {
    return new OperatorError(
      'The media port is in use: stop the other program or set media.port (PARLEY_MEDIA_PORT) to another',
    );
  }
  return new OperatorError(`Media could not be started: ${message}`);
}
