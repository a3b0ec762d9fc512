/** What is due later than that is done in steps of so many milliseconds: one wake-up for many instead of one for each. */
const SOON = 10;
/** Milliseconds after which it fires though nothing is due. */
const PULSE = 1_000;

/** One timer for all that is due on a thread. */
export class WakeTimer {
  readonly #onWake: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at = Infinity;
  #closed = false;

  constructor(onWake: () => void) {
    this.#onWake = onWake;
  }

  /** @param next When something is due first, if that is soon. It may be called again and again: the earliest counts. */
  arm(next: number, now: number): void {
    if (this.#closed) return;
    const soonest = Math.min(next, now + PULSE);
    const due = soonest < now + SOON ? soonest : Math.ceil(soonest / SOON) * SOON;
    if (due >= this.#at) return;
    clearTimeout(this.#timer);
    this.#at = due;
    this.#timer = setTimeout(
      () => {
        this.#at = Infinity;
        this.#onWake();
      },
      Math.max(0, Math.ceil(due - now)),
    );
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
