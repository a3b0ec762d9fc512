import type { TwirpRequest, TwirpResponse, Webhook } from '@parley/livekit';
import { claimedRoom, tokenOfRequest } from '@parley/livekit/access-token';
import { apiScope, mergeRoomLists } from '@parley/livekit/room-routing';
import type { AdvertisedAddress } from '@parley/transport';
import type { Logger } from 'pino';
import type { MediaFront, SignalLink, SignalListener } from './media-front.js';
import { MediaThread } from './media-thread.js';
import type { MediaWorker } from './media-thread.js';
import type { SignalHttpRequest, ThreadMetric } from './messages.js';
import { MetricsMemory } from './metrics-memory.js';
import { RoomPlacement } from './room-placement.js';
import type { Reservation } from './room-placement.js';
import { counter, gauge } from './thread-metric.js';

/** What a thread is to be told that tells it from the others. */
export interface ThreadStart {
  /** From 0. */
  thread: number;
  /** UDP port of all threads; 0 for the first of them if the system is to choose. */
  port: number;
  /** What its ICE user name fragments begin with. */
  ufragPrefix: string;
  /** Rooms by thread, in shared memory. */
  roomCounts: Int32Array;
}

export interface MediaPoolOptions {
  /** From 1 to `MAX_MEDIA_THREADS`. */
  threads: number;
  /** UDP port; 0 lets the system choose. */
  port: number;
  /** Starts a worker; called again after one has died. */
  spawn: (start: ThreadStart) => MediaWorker;
  log: Logger;
  /** Takes webhook events; default they are dropped. */
  onWebhook?: (webhook: Webhook) => void;
}

/** Characters that ICE user name fragments may have (RFC 8839 section 5.4): one for each of `MAX_MEDIA_THREADS`. */
const UFRAG_PREFIXES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The media threads behind one port. Each room is on one of them; whoever comes for a room is sent to its thread. One
 * that dies takes only its own rooms with it.
 */
export class MediaPool implements MediaFront {
  readonly #options: MediaPoolOptions;
  readonly #threads: readonly [MediaThread, ...MediaThread[]];
  readonly #placement: RoomPlacement;
  /** By thread. */
  readonly #metrics: readonly MetricsMemory[];
  readonly #roomCounts: Int32Array;
  #port: number;
  /** Workers that have ended since the start. */
  #ended = 0;

  constructor(options: MediaPoolOptions) {
    const { threads, port } = options;
    this.#options = options;
    this.#port = port;
    this.#placement = new RoomPlacement(threads);
    this.#metrics = Array.from({ length: threads }, () => new MetricsMemory());
    this.#roomCounts = new Int32Array(new SharedArrayBuffer(threads * Int32Array.BYTES_PER_ELEMENT));
    const others = Array.from({ length: threads - 1 }, (_, index) => this.#createThread(index + 1));
    this.#threads = [this.#createThread(0), ...others];
  }

  /** Whether any thread is up. */
  get ready(): boolean {
    return this.#threads.some(({ ready }) => ready);
  }

  /** Starts all threads; answers their port, or throws an OperatorError. */
  async start(): Promise<{ port: number }> {
    const [first, ...others] = this.#threads;
    const { port } = await first.start();
    this.#port = port;
    await Promise.all(others.map((thread) => thread.start()));
    return { port };
  }

  connect(request: SignalHttpRequest, listener: SignalListener): SignalLink {
    const reservation = this.#reserve(roomOf(request));
    return this.#thread(reservation?.thread).connect(request, listener, reservation?.release);
  }

  validate(request: SignalHttpRequest): Promise<{ status: number; text: string }> {
    return this.#thread(this.#placement.threadOf(roomOf(request))).validate(request);
  }

  async callApi(request: TwirpRequest): Promise<TwirpResponse> {
    const scope = apiScope(request);
    if (scope.of === 'all-rooms') return this.#callAll(request);
    const reservation = scope.of === 'room' ? this.#reserve(scope.room) : undefined;
    try {
      return await this.#thread(reservation?.thread).callApi(request);
    } finally {
      reservation?.release();
    }
  }

  /** Clients that join from now on are told of these addresses. */
  advertise(addresses: readonly AdvertisedAddress[]): void {
    for (const thread of this.#threads) thread.advertise(addresses);
  }

  /** No room begins any more; those that are there go on. */
  drain(): void {
    for (const thread of this.#threads) thread.drain();
  }

  async metrics(): Promise<ThreadMetric[]> {
    const said = await Promise.all(this.#threads.map((thread) => thread.metrics()));
    this.#metrics.forEach((memory, thread) => {
      memory.update(said[thread] ?? []);
    });
    const ready = this.#threads.filter((thread) => thread.ready).length;
    return [...this.#metrics.flatMap(({ metrics }) => metrics), ...poolMetrics(ready, this.#ended)];
  }

  /** Lets every client be told that the server stops, then ends the threads; after `timeout` milliseconds by force. */
  async close(timeout: number): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close(timeout)));
  }

  #createThread(thread: number): MediaThread {
    const { spawn, log, onWebhook } = this.#options;
    return new MediaThread({
      spawn: () =>
        spawn({
          thread,
          port: this.#port,
          ufragPrefix: UFRAG_PREFIXES.charAt(thread),
          roomCounts: this.#roomCounts,
        }),
      log: log.child({ mediaThread: thread }),
      ...(onWebhook && { onWebhook }),
      onRoomStarted: (room) => {
        this.#placement.started(room, thread);
      },
      onRoomFinished: (room) => {
        this.#placement.finished(room, thread);
      },
      onEnded: () => {
        this.#ended += 1;
        this.#metrics[thread]?.workerEnded();
        this.#placement.threadEnded(thread);
        Atomics.store(this.#roomCounts, thread, 0);
      },
    });
  }

  /** Every participant has a connection, and those that are about to join have one already. */
  #reserve(room: string): Reservation | undefined {
    if (room === '') return undefined;
    return this.#placement.reserve(
      room,
      this.#threads.map(({ ready, connections }) => (ready ? connections : undefined)),
    );
  }

  /** The thread of this number, or else any that can answer. */
  #thread(thread: number | undefined): MediaThread {
    return this.#threads[thread ?? this.#threads.findIndex(({ ready }) => ready)] ?? this.#threads[0];
  }

  async #callAll(request: TwirpRequest): Promise<TwirpResponse> {
    const [first, ...others] = this.#threads;
    const answers = others.map((thread) => thread.callApi(request));
    return mergeRoomLists([await first.callApi(request), ...(await Promise.all(answers))]);
  }
}

/** What the main thread knows of the media threads. */
export function poolMetrics(ready: number, ended: number): ThreadMetric[] {
  return [
    gauge('parley_media_threads', 'Media threads that are up', ready),
    counter(
      'parley_media_threads_ended_total',
      'Media threads that have ended, and their rooms with them',
      ended,
    ),
  ];
}

/** The room that the request's token names; the thread that gets the request is the one to judge it. */
function roomOf({ authorization, query }: SignalHttpRequest): string {
  return claimedRoom(tokenOfRequest(authorization, new URLSearchParams(query)));
}
