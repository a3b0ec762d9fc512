import { LimitError } from './errors.js';
import { Measurements, snapshotOf } from './measurements.js';
import { Room, type RoomLimits, type RoomSettings } from './room.js';
import type { RoomQuota } from './room-quota.js';
import { SfuObservers, type SfuObserver } from './sfu-observer.js';
import { createCounters, DeadlineQueue, expectTimed, handleDue, type Clock, type Timed } from '@parley/core';
import { sfuCounterMetrics, type SfuMetrics } from './sfu-metrics.js';

export interface SfuOptions {
  clock: Clock;
  /** Cryptographically strong random bytes. */
  random: (bytes: number) => Uint8Array;
  limits: RoomLimits & { rooms: number };
  /** Keeps `limits.rooms` for this sfu and others together. Default: it is for this one alone. */
  roomQuota?: RoomQuota;
}

/** All rooms of this process: who is in them and who receives what. Knows no signalling. */
export class Sfu {
  readonly #options: SfuOptions;
  readonly #rooms = new Map<string, Room>();
  readonly #counters = createCounters(sfuCounterMetrics);
  readonly #measurements = new Measurements();
  readonly #observers = new SfuObservers();
  /** Rooms, participants and publications for which something will be due. */
  readonly #deadlines = new DeadlineQueue<Timed>();
  #draining = false;

  constructor(options: SfuOptions) {
    this.#options = options;
  }

  get rooms(): ReadonlyMap<string, Room> {
    return this.#rooms;
  }

  /** From now on this one is told too, after those that came before it. */
  observe(observer: Partial<SfuObserver>): void {
    this.#observers.add(observer);
  }

  /**
   * The room of this name, made if there is none.
   * @param settings Of a room that is made; one that is there keeps its own.
   * @throws LimitError when there are too many rooms, or no further ones any more.
   */
  room(name: string, settings: Partial<RoomSettings> = {}): Room {
    const present = this.#rooms.get(name);
    if (present) return present;
    if (this.#draining) throw new LimitError('The server is shutting down.');
    const { limits, roomQuota } = this.#options;
    if (roomQuota ? !roomQuota.take() : this.#rooms.size >= limits.rooms) {
      throw new LimitError(`The server is full: ${limits.rooms} rooms at most.`);
    }
    const room = new Room(
      name,
      {
        ...this.#options,
        counters: this.#counters,
        measurements: this.#measurements,
        observer: this.#observers,
        expect: (item) => expectTimed(this.#deadlines, item),
      },
      (closed, reason) => {
        this.#rooms.delete(closed.name);
        roomQuota?.release();
        this.#observers.onRoomFinished(closed, reason);
      },
    );
    room.configure(settings);
    this.#rooms.set(name, room);
    this.#observers.onRoomStarted(room);
    return room;
  }

  /** When `handleTimeout` has something to do; Infinity if nothing is due. What happens meanwhile may bring it forward. */
  get deadline(): number {
    return this.#deadlines.next;
  }

  /** Speakers, qualities, layers, and what has waited too long: of those for whom something is due. */
  handleTimeout(now: number): void {
    handleDue(this.#deadlines, now);
  }

  metrics(): SfuMetrics {
    const metrics = {
      rooms: this.#rooms.size,
      participants: 0,
      publications: 0,
      subscriptions: 0,
      paused: 0,
      measurements: snapshotOf(this.#measurements),
      ...structuredClone(this.#counters),
    };
    for (const room of this.#rooms.values()) {
      metrics.participants += room.participants.size;
      for (const participant of room.participants.values()) {
        metrics.publications += participant.publications.size;
        metrics.subscriptions += participant.subscriptions.size;
        for (const { state } of participant.subscriptions.values())
          if (state === 'paused') metrics.paused += 1;
      }
    }
    return metrics;
  }

  /** Makes no further rooms: those that are there go on. */
  drain(): void {
    this.#draining = true;
  }

  /** Tells everybody that the server goes down. */
  close(): void {
    for (const room of [...this.#rooms.values()]) room.close('server-shutdown');
  }
}
