/**
 * Reads numbers of any width from bytes, highest bit first.
 *
 * Past the end it reads zeros and says so once, in `exhausted`: a parser checks at its end instead of at every field.
 * Loops over counts from the input must check on the way.
 */
export class BitReader {
  #buffer: Uint8Array = new Uint8Array(0);
  /** Bits, from the start of the buffer. */
  #start = 0;
  #at = 0;
  #end = 0;
  #exhausted = false;

  /** Bits read so far. */
  get position(): number {
    return this.#at - this.#start;
  }

  /** Whether more was read than there is. */
  get exhausted(): boolean {
    return this.#exhausted;
  }

  /** Starts over with other bytes. */
  reset(buffer: Uint8Array, offset: number, length: number): void {
    this.#buffer = buffer;
    this.#start = 8 * offset;
    this.#at = this.#start;
    this.#end = 8 * Math.min(offset + length, buffer.length);
    this.#exhausted = false;
  }

  /** The next number. @param bits Its width, 0 to 32. */
  read(bits: number): number {
    if (this.#at + bits > this.#end) {
      this.#exhausted = true;
      this.#at = this.#end;
      return 0;
    }

    let value = 0;

    for (let left = bits; left > 0;) {
      const free = 8 - (this.#at & 7);
      const taken = Math.min(free, left);
      const byte = this.#buffer[this.#at >>> 3]!;

      value = value * (1 << taken) + ((byte >>> (free - taken)) & ((1 << taken) - 1));
      this.#at += taken;
      left -= taken;
    }

    return value;
  }

  readFlag(): boolean {
    return this.read(1) === 1;
  }

  /** The next number of `0…count - 1`, of which the lower ones take a bit less: `ns(n)` of the AV1 specification. */
  readNonSymmetric(count: number): number {
    const width = 32 - Math.clz32(count);
    const short = 2 ** width - count;
    const value = this.read(width - 1);

    return value < short ? value : value * 2 - short + this.read(1);
  }
}
