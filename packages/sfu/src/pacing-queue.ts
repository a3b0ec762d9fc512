/** As many as an `ReceiveStream` keeps. A power of two. */
const CAPACITY = 512;
const MASK = CAPACITY - 1;
const KEY_FRAME = 0x1_0000;

/** Packets of one stream that wait for their turn on the path, by the source's sequence number, in their order. */
export class PacingQueue {
  /** Sequence number (bits 0–15), and whether a key frame starts in the packet (bit 16). Made when first needed. */
  #entries: Uint32Array | undefined;
  #first = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Sequence number of the packet that waits longest. */
  get sequence(): number {
    return this.#entry & 0xffff;
  }

  /** Whether a key frame starts in that packet. */
  get isKeyFrame(): boolean {
    return this.#entry >= KEY_FRAME;
  }

  /** Returns false where there is no room. */
  push(sequence: number, isKeyFrame: boolean): boolean {
    if (this.#size === CAPACITY) return false;
    this.#entries ??= new Uint32Array(CAPACITY);
    this.#entries[(this.#first + this.#size) & MASK] = sequence | (isKeyFrame ? KEY_FRAME : 0);
    this.#size += 1;
    return true;
  }

  shift(): void {
    if (this.#size === 0) return;
    this.#first = (this.#first + 1) & MASK;
    this.#size -= 1;
  }

  clear(): void {
    this.#size = 0;
  }

  get #entry(): number {
    return this.#size === 0 ? 0 : (this.#entries?.[this.#first] ?? 0);
  }
}
