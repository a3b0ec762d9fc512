export interface HeartbeatOptions {
  /** Asks the other side for a sign of life. */
  ask: () => void;
  /** It has given none for `SILENCE` milliseconds. Called once for each `start`. */
  onSilent: () => void;
  /** Monotonic time in milliseconds. */
  now: () => number;
}

const INTERVAL = 2_000;
const UNANSWERED = 5;
/** How long the other side may be busy, in milliseconds. */
export const SILENCE = INTERVAL * UNANSWERED;

/**
 * Finds out that a thread is stuck. It does not end by itself then, and keeps what comes to its socket from the others.
 *
 * Counts questions rather than time: a machine that was asleep has asked none. Whoever asks late was stuck too, and may
 * not have read the answers yet: it starts counting anew.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #timer: NodeJS.Timeout | undefined;
  #unanswered = 0;
  #beatAt = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
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
    if (this.#unanswered === UNANSWERED) {
      this.stop();
      this.#options.onSilent();
      return;
    }
    this.#unanswered += 1;
    this.#options.ask();
  }
}
