/** Who has spoken for so long, all in all, had their turn. */
const TURN_MS = 10_000;

/** Finds out that a hand is still up though its owner has spoken: people forget it, and nobody else can lower it. */
export class HandRest {
  #raisedAt: number | undefined;
  #spokenMs = 0;
  #speakingSince: number | undefined;

  /**
   * Looks at oneself, whenever something changes and every few seconds; true once the hand is to go down. `now` in
   * milliseconds.
   */
  look(raisedAt: number | undefined, isSpeaking: boolean, now: number): boolean {
    if (raisedAt !== this.#raisedAt) {
      this.#raisedAt = raisedAt;
      this.#spokenMs = 0;
      this.#speakingSince = undefined;
    }
    if (raisedAt === undefined) return false;
    if (this.#speakingSince !== undefined) this.#spokenMs += now - this.#speakingSince;
    this.#speakingSince = isSpeaking ? now : undefined;
    if (this.#spokenMs < TURN_MS) return false;
    this.#spokenMs = 0;
    return true;
  }
}
