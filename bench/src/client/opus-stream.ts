import type { PacketWriter, RtpStream } from './rtp-stream.js';

/** Of speech at 32 kbit/s. */
const PAYLOAD_SIZE = 80;
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

  /** @param filling Random bytes, at least as many as a payload has. */
  constructor(rtp: RtpStream, filling: Uint8Array) {
    this.rtp = rtp;
    this.#filling = filling.slice(0, PAYLOAD_SIZE);
    this.#filling[0] = TOC;
  }

  /** RTP time of the frame that comes next. */
  get timestamp(): number {
    return (this.#frame * (CLOCK_RATE / FRAMES_PER_SECOND)) >>> 0;
  }

  /** Writes the next frame's packet through one call of `send`. */
  writeFrame(send: (write: PacketWriter) => void): void {
    send((out, offset) => {
      const header = this.rtp.writeHeader(out, offset, {
        marker: this.#frame === 0,
        timestamp: this.timestamp,
        payloadSize: PAYLOAD_SIZE,
      });
      out.set(this.#filling, offset + header);
      return header + PAYLOAD_SIZE;
    });
    this.#frame += 1;
  }
}
