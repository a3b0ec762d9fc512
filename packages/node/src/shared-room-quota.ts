import type { RoomQuota } from '@parley/sfu';

/** The rooms of all media threads, counted in memory that they share, so that one limit holds for all of them. */
export class SharedRoomQuota implements RoomQuota {
  readonly #counts: Int32Array;
  readonly #thread: number;
  readonly #limit: number;

  /**
   * @param counts Rooms by thread. What a thread that died has counted the main thread sets to 0.
   * @param thread Number of the own one.
   */
  constructor(counts: Int32Array, thread: number, limit: number) {
    this.#counts = counts;
    this.#thread = thread;
    this.#limit = limit;
  }

  /** Counts first and looks then: of two threads that take the last place at once both may be refused, never neither. */
  take(): boolean {
    Atomics.add(this.#counts, this.#thread, 1);
    if (this.#total() <= this.#limit) return true;
    this.release();
    return false;
  }

  release(): void {
    Atomics.sub(this.#counts, this.#thread, 1);
  }

  #total(): number {
    return this.#counts.reduce((sum, _, thread) => sum + Atomics.load(this.#counts, thread), 0);
  }
}
