export interface HeartbeatOptions {
  /** Asks the other side for a sign of life. */
  ask: () => void;
  /** It has given none for as long as it may be busy. Called once for each `start`. */
  onSilent: () => void;
  /** How long the other side may be busy, in milliseconds. Default `SILENCE`. */
  silence?: number;
  /** Monotonic time in milliseconds. */
  now: () => number;
}

const INTERVAL = 2_000;
/** Milliseconds. */
export const SILENCE = 10_000;

/**
 * Finds out that a thread is stuck. It does not end by itself then, and keeps what comes to its socket from the others.
 *
 * Counts questions rather than time: a machine that was asleep has asked none. Whoever asks late was stuck too, and may
 * not have read the answers yet: it starts counting anew.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  /** Questions without an answer after which it counts as silent. */
  readonly #most: number;
  #timer: NodeJS.Timeout | undefined;
  #unanswered = 0;
  #beatAt = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#most = Math.ceil((options.silence ?? SILENCE) / INTERVAL);
  }

  start(): void {
    this.stop();
    this.#unanswered = 0;
    this.#beatAt = this.#options.now();
    this.#timer = setInterval(() => {
      this.#beat();
    }, INTERVAL).unref();
  }

  answered(): void {
    this.#unanswered = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const now = this.#options.now();
    if (now - this.#beatAt > 2 * INTERVAL) this.#unanswered = 0;
    this.#beatAt = now;
    if (this.#unanswered === this.#most) {
      this.stop();
      this.#options.onSilent();
      return;
    }
    this.#unanswered += 1;
    this.#options.ask();
  }
}
