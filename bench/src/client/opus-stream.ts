import type { PacketWriter, RtpStream } from './rtp-stream.js';

/** Bytes of one frame after the other: speech at 32 kbit/s, whose frames differ in size, as opus codes it by default. */
export const OPUS_PAYLOAD_SIZES = [78, 91, 64, 83, 102, 71, 88, 60, 95, 74, 82, 72];
const LARGEST_PAYLOAD = Math.max(...OPUS_PAYLOAD_SIZES);
const CLOCK_RATE = 48_000;
const FRAMES_PER_SECOND = 50;
/** Table of contents byte: fullband CELT, 20 ms, mono, one frame (RFC 6716 section 3.1). */
const TOC = 31 << 3;

/** RTP packets that carry opus as far as a media server looks: a valid first byte, and filling for sound. */
export class OpusStream {
  readonly framesPerSecond = FRAMES_PER_SECOND;
  readonly rtp: RtpStream;
  readonly #filling: Uint8Array;
  #frame = 0;

  /** @param filling Random bytes, at least 128 of them. */
  constructor(rtp: RtpStream, filling: Uint8Array) {
    this.rtp = rtp;
    this.#filling = filling.slice(0, LARGEST_PAYLOAD);
    this.#filling[0] = TOC;
  }

  /** RTP time of the frame that comes next. */
  get timestamp(): number {
    return (this.#frame * (CLOCK_RATE / FRAMES_PER_SECOND)) >>> 0;
  }

  /** Writes the next frame's packet through one call of `send`. */
  writeFrame(send: (write: PacketWriter) => void): void {
    const payloadSize = OPUS_PAYLOAD_SIZES[this.#frame % OPUS_PAYLOAD_SIZES.length] ?? LARGEST_PAYLOAD;
    send((out, offset) => {
      const header = this.rtp.writeHeader(out, offset, {
        marker: this.#frame === 0,
        timestamp: this.timestamp,
        payloadSize,
      });
      out.set(this.#filling.subarray(0, payloadSize), offset + header);
      return header + payloadSize;
    });
    this.#frame += 1;
  }
}
