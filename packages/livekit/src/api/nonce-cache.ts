/** Milliseconds for which a nonce is remembered, and how many are. */
const LIFETIME = 60_000;
const MAX_NONCES = 10_000;

/** Recognises a request that a client sends again because it did not hear the answer to the first. */
export class NonceCache {
  /** When each was seen, oldest first. */
  readonly #seenAt = new Map<string, number>();

  /**
   * Whether this nonce has been seen lately in this scope; from now on it has. An empty nonce never has.
   *
   * @param scope Nonces of different scopes do not meet: the sid of a room.
   */
  isRepeated(scope: string, nonce: Uint8Array, now: number): boolean {
    if (nonce.length === 0) return false;
    this.#forgetOld(now);
    const key = `${scope} ${Buffer.from(nonce).toString('hex')}`;
    if (this.#seenAt.has(key)) return true;
    this.#seenAt.set(key, now);
    return false;
  }

  #forgetOld(now: number): void {
    for (const [key, seenAt] of this.#seenAt) {
      if (now - seenAt < LIFETIME && this.#seenAt.size < MAX_NONCES) return;
      this.#seenAt.delete(key);
    }
  }
}
