/** Does something again and again, never twice at once. */
export class Repeated {
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | undefined;

  /**
   * @param interval Milliseconds.
   * @param work Does not reject.
   */
  constructor(interval: number, work: () => Promise<void>) {
    this.#timer = setInterval(() => {
      this.#running ??= work().finally(() => {
        this.#running = undefined;
      });
    }, interval);
  }

  /** Begins it no more, and lets what runs end. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }
}
