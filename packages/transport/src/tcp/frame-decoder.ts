/** Bytes of the length that precedes each packet. */
export const FRAME_HEADER_SIZE = 2;

/**
 * Takes packets out of a byte stream (RFC 4571 section 2): each follows its length, 16 bits in network byte order.
 * A length of 0 codes the null packet, which is skipped.
 */
export class FrameDecoder {
  /** The beginning of a frame whose rest has not come yet, with its length. */
  readonly #partial: Uint8Array;
  #filled = 0;
  #broken = false;

  /** @param maxFrameSize Bytes of the longest packet that is taken. */
  constructor(maxFrameSize: number) {
    this.#partial = new Uint8Array(FRAME_HEADER_SIZE + maxFrameSize);
  }

  /**
   * Takes the next bytes of the stream and hands over each packet that they complete. Packets are views of `chunk`, or
   * have memory of their own.
   *
   * @returns false once a packet is announced that is longer than allowed: nothing is looked at from there on.
   */
  push(chunk: Uint8Array, onFrame: (frame: Uint8Array) => void): boolean {
    let at = 0;
    while (at < chunk.length && !this.#broken) {
      const end = this.#filled === 0 ? this.#endOfFrame(chunk, at, chunk.length) : Infinity;
      if (end <= chunk.length) {
        if (end > at + FRAME_HEADER_SIZE) onFrame(chunk.subarray(at + FRAME_HEADER_SIZE, end));
        at = end;
      } else {
        at += this.#fill(chunk, at, onFrame);
      }
    }
    return !this.#broken;
  }

  /** Adds to the frame that is not complete, as much as it lacks; answers how many bytes that took. */
  #fill(chunk: Uint8Array, at: number, onFrame: (frame: Uint8Array) => void): number {
    if (this.#broken) return 0;
    const known = this.#endOfFrame(this.#partial, 0, this.#filled);
    const end = known === Infinity ? FRAME_HEADER_SIZE : known;
    const taken = Math.min(end - this.#filled, chunk.length - at);
    this.#partial.set(chunk.subarray(at, at + taken), this.#filled);
    this.#filled += taken;
    if (this.#endOfFrame(this.#partial, 0, this.#filled) === this.#filled) {
      const frame = this.#partial.slice(FRAME_HEADER_SIZE, this.#filled);
      this.#filled = 0;
      if (frame.length > 0) onFrame(frame);
    }
    return taken;
  }

  /** Where the frame that begins at `at` ends; Infinity if its length is not there, or not allowed. */
  #endOfFrame(bytes: Uint8Array, at: number, length: number): number {
    if (length - at < FRAME_HEADER_SIZE) return Infinity;
    const end = at + FRAME_HEADER_SIZE + ((bytes[at]! << 8) | bytes[at + 1]!);
    if (end - at <= this.#partial.length) return end;
    this.#broken = true;
    return Infinity;
  }
}
