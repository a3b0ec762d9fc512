import { FRAME_HEADER_SIZE } from './frame-decoder.js';

/** Collects packets and gives them as one piece of a byte stream, each behind its length (RFC 4571 section 2). */
export class FrameWriter {
  readonly #packets: Uint8Array[] = [];
  #size = 0;

  /** Bytes that `take` will give. */
  get size(): number {
    return this.#size;
  }

  /** Adds a packet of up to 65,535 bytes, which must not change until it was taken. */
  add(packet: Uint8Array): void {
    this.#packets.push(packet);
    this.#size += FRAME_HEADER_SIZE + packet.length;
  }

  /** What was added since the last call. */
  take(): Uint8Array {
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const packet of this.#packets) {
      bytes[at] = packet.length >> 8;
      bytes[at + 1] = packet.length;
      bytes.set(packet, at + FRAME_HEADER_SIZE);
      at += FRAME_HEADER_SIZE + packet.length;
    }
    this.#packets.length = 0;
    this.#size = 0;
    return bytes;
  }
}
