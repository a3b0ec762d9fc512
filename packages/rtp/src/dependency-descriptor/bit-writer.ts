/** Writes numbers of any width, highest bit first. The caller sees to it that there is room. */
export class BitWriter {
  #buffer: Uint8Array = new Uint8Array(0);
  /** Bits, from the start of the buffer. */
  #start = 0;
  #at = 0;

  /** Bytes begun so far. */
  get size(): number {
    return (this.#at - this.#start + 7) >>> 3;
  }

  /** Starts over at another place. */
  reset(buffer: Uint8Array, offset: number): void {
    this.#buffer = buffer;
    this.#start = 8 * offset;
    this.#at = this.#start;
  }

  /** @param bits Width of `value`, 0 to 32. The rest of the last byte is 0. */
  write(value: number, bits: number): void {
    for (let left = bits; left > 0;) {
      const used = this.#at & 7;
      const taken = Math.min(8 - used, left);
      const part = (value >>> (left - taken)) & ((1 << taken) - 1);
      const at = this.#at >>> 3;

      this.#buffer[at] = (used === 0 ? 0 : this.#buffer[at]!) | (part << (8 - used - taken));
      this.#at += taken;
      left -= taken;
    }
  }
}
