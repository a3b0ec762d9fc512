import { WorkspaceError } from './workspace-error.js';

export interface FloodLimits {
  /** So many at once … */
  burst: number;
  /** … and then one in so many milliseconds. */
  interval: number;
}

const CAPACITY = 20_000;

/** Slows who does one thing too often. Each server counts for itself, in memory. */
export class FloodGate {
  /** How often it refused. */
  refused = 0;
  readonly #limits: FloodLimits;
  readonly #what: string;
  /** By key, when the next one would be in time if nobody could do several at once (GCRA). */
  readonly #due = new Map<string, number>();

  /** @param what is done too often, as in "You … too often". */
  constructor(what: string, limits: FloodLimits) {
    this.#what = what;
    this.#limits = limits;
  }

  /**
   * Refuses with `too_many_requests`, or counts.
   *
   * @param key who does it, and where.
   * @param now milliseconds.
   */
  pass(key: string, now: number): void {
    const { burst, interval } = this.#limits;
    const due = Math.max(now, this.#due.get(key) ?? 0);
    const retryAfter = due - now - (burst - 1) * interval;
    if (retryAfter > 0) {
      this.refused += 1;
      throw new WorkspaceError('too_many_requests', `You ${this.#what} too often.`, {
        remedy: 'Wait a moment, then try again.',
        retryAfter,
      });
    }
    // Inserted anew, so that the first entry is always the one used least lately.
    this.#due.delete(key);
    this.#due.set(key, due + interval);
    if (this.#due.size <= CAPACITY) return;
    const [oldest] = this.#due.keys();
    if (oldest !== undefined) this.#due.delete(oldest);
  }
}
