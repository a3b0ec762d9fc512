import { isVp8KeyFrameStart } from '@parley/rtp';

const NONE = -1;

/** Tells when the first key frame of a VP8 stream is there from its first packet to its last: a decoder could begin. */
export class KeyFrameAssembler {
  #next = NONE;
  #complete = false;

  get complete(): boolean {
    return this.#complete;
  }

  /** Takes a packet's number, marker and payload; true for the one that completes the frame. */
  receive(sequence: number, marker: boolean, buffer: Uint8Array, offset: number, length: number): boolean {
    if (this.#complete) return false;
    if (isVp8KeyFrameStart(buffer, offset, length)) this.#next = sequence;
    if (sequence !== this.#next) {
      this.#next = NONE;
      return false;
    }
    this.#next = (sequence + 1) & 0xffff;
    this.#complete = marker;
    return marker;
  }
}
