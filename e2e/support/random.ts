/** Pseudo-random numbers that are the same in every run (mulberry32). */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number in [0, limit). */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let i = 0; i < length; i += 1) bytes[i] = this.below(256);
    return bytes;
  }

  /** A copy with some bytes changed, and now and then its end cut off. */
  mutate(original: Uint8Array): Buffer {
    const copy = Buffer.from(original);
    for (let i = 1 + this.below(4); i > 0 && copy.length > 0; i -= 1)
      copy[this.below(copy.length)] = this.below(256);
    return this.below(4) === 0 ? copy.subarray(0, this.below(copy.length + 1)) : copy;
  }
}
