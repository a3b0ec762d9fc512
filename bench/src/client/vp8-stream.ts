import { type HeaderExtension, type RtpHeaderFields, writeRtpHeader } from '@parley/rtp';

export interface Vp8StreamOptions {
  ssrc: number;
  payloadType: number;
  /** Bytes of each whole RTP packet, before encryption. */
  packetSize: number;
  packetsPerFrame: number;
  framesPerSecond: number;
  /** Id of the transport-wide sequence number extension, where negotiated. */
  transportSequenceId: number | undefined;
  /** Id of the mid extension, where negotiated, and the mid. */
  mid: { id: number; value: string } | undefined;
}

const CLOCK_RATE = 90_000;
/** Extended descriptor with a picture id, and the start of a partition in a frame's first packet (RFC 7741 section 4.2). */
const DESCRIPTOR_EXTENDED = 0x80;
const DESCRIPTOR_START = 0x10;
const DESCRIPTOR_PICTURE_ID = 0x80;
/** First byte of the VP8 payload header: bit 0 is 0 in key frames; bit 4 says that the frame is shown (RFC 6386 section 9.1). */
const KEY_FRAME_TAG = 0x10;
const INTER_FRAME_TAG = 0x11;
const KEY_FRAME_START_CODE = [0x9d, 0x01, 0x2a];
const SIZE = { width: 1_280, height: 720 };

/** RTP packets that carry VP8 as far as a media server looks: valid headers and descriptors, and filling for pictures. */
export class Vp8Stream {
  /** Of the pictures, as key frames tell it. */
  static readonly size = SIZE;
  readonly #options: Vp8StreamOptions;
  readonly #filling: Uint8Array;
  readonly #transportSequence = new Uint8Array(2);
  readonly #extensions: HeaderExtension[] = [];
  #sequence = 0;
  #transportWide = 0;
  #frame = 0;
  #packets = 0;
  #octets = 0;
  #keyFrameWanted = true;

  /** @param filling At least `packetSize` random bytes. */
  constructor(options: Vp8StreamOptions, filling: Uint8Array) {
    this.#options = options;
    this.#filling = filling;
    const { transportSequenceId, mid } = options;
    if (mid !== undefined) this.#extensions.push({ id: mid.id, data: new TextEncoder().encode(mid.value) });
    if (transportSequenceId !== undefined) {
      this.#extensions.push({ id: transportSequenceId, data: this.#transportSequence });
    }
  }

  get packets(): number {
    return this.#packets;
  }

  /** Payload bytes so far, as sender reports tell them. */
  get octets(): number {
    return this.#octets;
  }

  /** RTP time of the frame that comes next. */
  get timestamp(): number {
    return (this.#frame * (CLOCK_RATE / this.#options.framesPerSecond)) >>> 0;
  }

  /** The next frame will be a key frame. */
  requestKeyFrame(): void {
    this.#keyFrameWanted = true;
  }

  /** Writes the packets of the next frame, each through one call of `send`. */
  writeFrame(send: (write: (out: Uint8Array, offset: number) => number) => void): void {
    for (let packet = 0; packet < this.#options.packetsPerFrame; packet += 1) {
      send((out, offset) => this.#writePacket(out, offset, packet));
    }
    this.#keyFrameWanted = false;
    this.#frame += 1;
  }

  #writePacket(out: Uint8Array, offset: number, packet: number): number {
    const { ssrc, payloadType, packetSize, packetsPerFrame } = this.#options;
    this.#transportSequence[0] = this.#transportWide >> 8;
    this.#transportSequence[1] = this.#transportWide & 0xff;
    const header: RtpHeaderFields = {
      marker: packet === packetsPerFrame - 1,
      payloadType,
      sequence: this.#sequence,
      timestamp: this.timestamp,
      ssrc,
      extensions: this.#extensions,
    };
    const payload = offset + writeRtpHeader(out, offset, header);
    const end = offset + packetSize;
    out.set(this.#filling.subarray(0, end - payload), payload);
    this.#writeDescriptor(out, payload, packet === 0);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#transportWide = (this.#transportWide + 1) & 0xffff;
    this.#packets += 1;
    this.#octets += end - payload;
    return packetSize;
  }

  #writeDescriptor(out: Uint8Array, at: number, first: boolean): void {
    out[at] = DESCRIPTOR_EXTENDED | (first ? DESCRIPTOR_START : 0);
    out[at + 1] = DESCRIPTOR_PICTURE_ID;
    out[at + 2] = 0x80 | ((this.#frame >> 8) & 0x7f);
    out[at + 3] = this.#frame & 0xff;
    if (!first) return;
    const tag = at + 4;
    out[tag] = this.#keyFrameWanted ? KEY_FRAME_TAG : INTER_FRAME_TAG;
    if (!this.#keyFrameWanted) return;
    out.set(KEY_FRAME_START_CODE, tag + 3);
    out.set([SIZE.width & 0xff, SIZE.width >> 8, SIZE.height & 0xff, SIZE.height >> 8], tag + 6);
  }
}
