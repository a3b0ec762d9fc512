/**
 * Milliseconds that nothing may come over a transport, after it was found to be disconnected, before its client is asked to
 * look for another path: a link that is gone for a few seconds comes back by itself, and costs the client no reconnect.
 */
const GRACE = 5_000;
/** A client that is looking for another path is not asked again for so many milliseconds. */
const INTERVAL = 10_000;

/** Decides when a client from which nothing comes any more is asked to come back over another path. */
export class SilenceWatch {
  #deadline = Infinity;
  #askedAt = -Infinity;

  /** When the client is to be asked, unless something comes before. */
  get deadline(): number {
    return this.#deadline;
  }

  /** Something came, or nothing does any more. */
  update(isSilent: boolean, now: number): void {
    if (!isSilent) this.#deadline = Infinity;
    else if (this.#deadline === Infinity) this.#deadline = Math.max(now + GRACE, this.#askedAt + INTERVAL);
  }

  /** The client was asked. */
  asked(now: number): void {
    this.#askedAt = now;
    this.#deadline = Infinity;
  }
}
