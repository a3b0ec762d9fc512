import type { RoomDirectory } from '@parley/cluster';
import { counter, gauge, threadMetrics, type ThreadMetric } from '@parley/core';
import type { AdvertisedAddress } from '@parley/node/main-thread';
import type { Logger } from 'pino';
import { toLog } from '../logger.js';
import type { Link, LinkListener, MediaLinks } from './links.js';
import { MediaThread, type MediaWorker } from './media-thread.js';
import { MetricsMemory } from './metrics-memory.js';
import { RoomPlacement } from './room-placement.js';
import type { Reservation } from './room-placement.js';
import { mediaFailure } from './worker-failure.js';

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
  /** Says which thread has which room. */
  directory: RoomDirectory;
  /** Takes what fronts of a thread have to tell; default it is dropped. */
  onEvent?: (front: string, payload: unknown, thread: number) => void;
  /** A thread is gone, and its rooms with it. */
  onThreadEnded?: (thread: number) => void;
}

/** Characters that ICE user name fragments may have (RFC 8839 section 5.4): one for each of `MAX_MEDIA_THREADS`. */
const UFRAG_PREFIXES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** How often the threads' leases are renewed in the time that they live. */
const RENEWALS_PER_LIFE = 3;

/** What the main thread knows of the media threads. */
export const poolMetrics = {
  ready: gauge('parley_media_threads', 'Media threads that are up'),
  ended: counter(
    'parley_media_threads_ended_total',
    'Media threads that have ended, and their rooms with them',
  ),
};

const UNAVAILABLE = { status: 503, text: 'media is not available' };

/**
 * The media threads behind one port. Each room is on one of them; whoever comes for a room is sent to its thread. One
 * that dies takes only its own rooms with it.
 */
export class MediaPool implements MediaLinks {
  readonly #options: MediaPoolOptions;
  readonly #threads: readonly [MediaThread, ...MediaThread[]];
  readonly #placement: RoomPlacement;
  /** By thread. */
  readonly #metrics: readonly MetricsMemory[];
  readonly #roomCounts: Int32Array;
  #port: number;
  #renewal: NodeJS.Timeout | undefined;
  /** Workers that have ended since the start. */
  #ended = 0;

  constructor(options: MediaPoolOptions) {
    const { threads, port } = options;
    this.#options = options;
    this.#port = port;
    this.#placement = new RoomPlacement({
      directory: options.directory,
      nodes: Array.from({ length: threads }, (_, thread) => `thread-${thread}`),
      // Every participant has a connection, and those that are about to join have one already.
      loads: () => this.#threads.map(({ ready, connections }) => (ready ? connections : undefined)),
      onForeign: (room, thread) => {
        this.#threads[thread]?.endRoom(room);
      },
      onFailure: (error) => {
        options.log.warn({ err: error }, 'The room directory did not do what it was asked');
      },
    });
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
    try {
      await this.#placement.start();
      const { port } = await first.start();
      this.#port = port;
      await Promise.all(others.map((thread) => thread.start()));
      this.#renewal = setInterval(
        () => void this.#renew(),
        this.#options.directory.timeToLive / RENEWALS_PER_LIFE,
      );
      return { port };
    } catch (error) {
      throw mediaFailure(error);
    }
  }

  open(front: string, room: string | undefined, payload: unknown, listener: LinkListener): Link {
    const link = new PlacedLink();
    void this.#place(room).then(
      (reservation) => {
        if (link.gone) reservation?.release();
        else
          link.placed(this.#thread(reservation?.thread).open(front, payload, listener, reservation?.release));
      },
      () => {
        if (!link.gone) listener.rejected(UNAVAILABLE.status, UNAVAILABLE.text);
      },
    );
    return link;
  }

  async ask(front: string, room: string | undefined, payload: unknown, begins: boolean): Promise<unknown> {
    if (!begins) {
      const thread = room === undefined ? undefined : this.#placement.threadOf(room);
      return this.#thread(thread).ask(front, payload);
    }
    let reservation: Reservation | undefined;
    try {
      reservation = await this.#place(room);
    } catch {
      return undefined;
    }
    try {
      return await this.#thread(reservation?.thread).ask(front, payload);
    } finally {
      reservation?.release();
    }
  }

  async askAll(front: string, payload: unknown): Promise<[unknown, ...unknown[]]> {
    const [first, ...others] = this.#threads;
    const answers = others.map((thread) => thread.ask(front, payload));
    return [await first.ask(front, payload), ...(await Promise.all(answers))];
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
    return [
      ...this.#metrics.flatMap(({ metrics }) => metrics),
      ...threadMetrics(poolMetrics, { ready, ended: this.#ended }),
    ];
  }

  /** Lets every client be told that the server stops, then ends the threads; after `timeout` milliseconds by force. */
  async close(timeout: number): Promise<void> {
    clearInterval(this.#renewal);
    await Promise.all(this.#threads.map((thread) => thread.close(timeout)));
    await this.#placement.close();
  }

  #createThread(thread: number): MediaThread {
    const { spawn, log, onEvent, onThreadEnded } = this.#options;
    return new MediaThread({
      spawn: () =>
        spawn({
          thread,
          port: this.#port,
          ufragPrefix: UFRAG_PREFIXES.charAt(thread),
          roomCounts: this.#roomCounts,
        }),
      log: toLog(log.child({ mediaThread: thread })),
      onEvent: (front, payload) => {
        onEvent?.(front, payload, thread);
      },
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
        onThreadEnded?.(thread);
      },
    });
  }

  /** Undefined where any thread will do. Rejects when the directory cannot say. */
  async #place(room: string | undefined): Promise<Reservation | undefined> {
    if (room === undefined) return undefined;
    try {
      return await this.#placement.reserve(room);
    } catch (error) {
      this.#options.log.error({ err: error, room }, 'No media thread could be found for a room');
      throw error;
    }
  }

  async #renew(): Promise<void> {
    try {
      await this.#placement.renew();
    } catch (error) {
      this.#options.log.error({ err: error }, 'The leases of rooms could not be renewed');
    }
  }

  /** The thread of this number, or else any that can answer. */
  #thread(thread: number | undefined): MediaThread {
    return this.#threads[thread ?? this.#threads.findIndex(({ ready }) => ready)] ?? this.#threads[0];
  }
}

/** A link whose thread is being found. Nothing comes from the client before it has been let in. */
class PlacedLink implements Link {
  #link: Link | undefined;
  /** The client went away before there was a thread. */
  gone = false;

  placed(link: Link): void {
    this.#link = link;
  }

  receive(data: Uint8Array | string): void {
    this.#link?.receive(data);
  }

  disconnect(): void {
    this.gone = true;
    this.#link?.disconnect();
  }
}
