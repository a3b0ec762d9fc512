import { SupervisedWorker, type Log, type ThreadMetric, type WorkerLike } from '@parley/core';
import {
  MEDIA_PROTOCOL_VERSION,
  type AdvertisedAddress,
  type FromMedia,
  type MediaProtocol,
} from '@parley/node/main-thread';
import type { Link, LinkListener } from './links.js';

export type MediaWorker = WorkerLike<MediaProtocol>;

export interface MediaThreadOptions {
  /** Starts a worker; called again after one has died. */
  spawn: () => MediaWorker;
  log: Log;
  /** A front there has something to tell. */
  onEvent?: (front: string, payload: unknown) => void;
  /** A room has begun or ended there. */
  onRoomStarted?: (room: string) => void;
  onRoomFinished?: (room: string) => void;
  /** The worker is gone, and its rooms with it. Links and questions hear of it afterwards. */
  onEnded?: () => void;
}

/** WebSocket close code for a server that restarts: clients come back (RFC 6455, IANA registry). */
const SERVICE_RESTART = 1012;
/** Milliseconds after which a thread that has not answered has no metrics to tell. */
const METRICS_TIMEOUT = 1_000;
/** Milliseconds that a front has to answer: more than a heartbeat gives a thread that is stuck. */
const ANSWER_TIMEOUT = 20_000;

/** The main thread's end of one media thread: links of clients, and questions, for any front there. */
export class MediaThread {
  readonly #options: MediaThreadOptions;
  readonly #worker: SupervisedWorker<MediaProtocol>;
  readonly #listeners = new Map<number, LinkListener>();
  /** Links that the front has not decided about yet, though their clients may be gone. */
  readonly #undecided = new Map<number, () => void>();
  #nextId = 1;

  constructor(options: MediaThreadOptions) {
    const { log, onEnded, spawn } = options;
    this.#options = options;
    this.#worker = new SupervisedWorker({
      name: 'media thread',
      version: MEDIA_PROTOCOL_VERSION,
      spawn,
      log,
      onMessage: (message) => {
        this.#handle(message);
      },
      onEnded: () => {
        onEnded?.();
        this.#dropLinks();
      },
    });
  }

  get ready(): boolean {
    return this.#worker.ready;
  }

  /** Links that are open or being opened. */
  get connections(): number {
    return this.#listeners.size;
  }

  /** Starts the thread; rejects with a WorkerError. */
  start(): Promise<{ port: number }> {
    return this.#worker.start();
  }

  /** @param decided Called when the front has let the client in, or refused it, or is gone, whatever became of the client. */
  open(front: string, payload: unknown, listener: LinkListener, decided: () => void = () => undefined): Link {
    const id = this.#nextId++;
    if (!this.ready) {
      queueMicrotask(() => {
        decided();
        listener.rejected(503, 'media is not available');
      });
      return { receive: () => undefined, disconnect: () => undefined };
    }
    this.#listeners.set(id, listener);
    this.#undecided.set(id, decided);
    this.#worker.post({ type: 'open', id, front, payload });
    return {
      receive: (data) => {
        if (!this.#listeners.has(id)) return;
        if (typeof data === 'string') this.#worker.post({ type: 'frame', id, data });
        else this.#postBytes(id, data);
      },
      disconnect: () => {
        if (this.#listeners.delete(id)) this.#worker.post({ type: 'close', id });
      },
    };
  }

  /** Undefined when the thread does not answer. */
  async ask(front: string, payload: unknown): Promise<unknown> {
    const answer = await this.#worker.ask({ type: 'front', front, payload }, ANSWER_TIMEOUT);
    return answer?.type === 'front' ? answer.payload : undefined;
  }

  /** Clients that join from now on are told of these addresses. */
  advertise(addresses: readonly AdvertisedAddress[]): void {
    this.#worker.post({ type: 'advertise', addresses });
  }

  /** The room is another thread's by now. */
  endRoom(room: string): void {
    this.#worker.post({ type: 'end-room', room });
  }

  /** No room begins any more; those that are there go on. */
  drain(): void {
    this.#worker.drain();
  }

  /** Empty when the thread does not answer. */
  async metrics(): Promise<ThreadMetric[]> {
    const answer = await this.#worker.ask({ type: 'metrics' }, METRICS_TIMEOUT);
    return answer?.type === 'metrics' ? answer.metrics : [];
  }

  /** Lets every client be told that the server stops, then ends the thread; after `timeout` milliseconds by force. */
  close(timeout: number): Promise<void> {
    return this.#worker.close(timeout);
  }

  #handle(message: FromMedia): void {
    const { onEvent, onRoomFinished, onRoomStarted } = this.#options;
    switch (message.type) {
      case 'opened':
        this.#decided(message.id);
        this.#listeners.get(message.id)?.accepted();
        break;
      case 'refused':
        this.#decided(message.id);
        this.#take(message.id)?.rejected(message.status, message.text);
        break;
      case 'abandoned':
        this.#decided(message.id);
        break;
      case 'frame':
        this.#listeners.get(message.id)?.send(message.data);
        break;
      case 'close':
        this.#take(message.id)?.close(message.code, message.reason);
        break;
      case 'room-started':
        onRoomStarted?.(message.room);
        break;
      case 'room-finished':
        onRoomFinished?.(message.room);
        break;
      case 'event':
        onEvent?.(message.front, message.payload);
        break;
    }
  }

  #decided(id: number): void {
    this.#undecided.get(id)?.();
    this.#undecided.delete(id);
  }

  #take(id: number): LinkListener | undefined {
    const listener = this.#listeners.get(id);
    this.#listeners.delete(id);
    return listener;
  }

  /** Nobody is there any more: links close. */
  #dropLinks(): void {
    for (const id of [...this.#undecided.keys()]) this.#decided(id);
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listener of listeners) listener.close(SERVICE_RESTART, 'media restarts');
  }

  /** Moves a copy of just these bytes: to post the view itself would copy the whole buffer beneath it. */
  #postBytes(id: number, data: Uint8Array): void {
    const bytes = new Uint8Array(data);
    this.#worker.post({ type: 'frame', id, data: bytes }, [bytes.buffer]);
  }
}
