import type { PacketWriter, RtpStream } from './rtp-stream.js';

/** One layer of a video track, or all of one that has no layers. */
export interface VideoLayer {
  /** Of its stream in a simulcast; left out where there is one layer alone. */
  rid?: string;
  width: number;
  height: number;
  framesPerSecond: number;
  packetsPerFrame: number;
  /** Bytes of each packet's payload, its descriptor among them. */
  payloadSize: number;
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

/** RTP packets that carry VP8 as far as a media server looks: valid headers and descriptors, and filling for pictures. */
export class Vp8Stream {
  readonly framesPerSecond: number;
  readonly rtp: RtpStream;
  readonly #layer: VideoLayer;
  readonly #filling: Uint8Array;
  #frame = 0;
  #keyFrameWanted = true;

  /** @param filling Random bytes, at least as many as a payload has. */
  constructor(rtp: RtpStream, layer: VideoLayer, filling: Uint8Array) {
    this.rtp = rtp;
    this.framesPerSecond = layer.framesPerSecond;
    this.#layer = layer;
    this.#filling = filling.subarray(0, layer.payloadSize);
  }

  /** RTP time of the frame that comes next. */
  get timestamp(): number {
    return (this.#frame * (CLOCK_RATE / this.framesPerSecond)) >>> 0;
  }

  /** The next frame will be a key frame. */
  requestKeyFrame(): void {
    this.#keyFrameWanted = true;
  }

  /** Writes the packets of the next frame, each through one call of `send`. */
  writeFrame(send: (write: PacketWriter) => void): void {
    for (let packet = 0; packet < this.#layer.packetsPerFrame; packet += 1) {
      send((out, offset) => this.#writePacket(out, offset, packet));
    }
    this.#keyFrameWanted = false;
    this.#frame += 1;
  }

  #writePacket(out: Uint8Array, offset: number, packet: number): number {
    const { payloadSize, packetsPerFrame } = this.#layer;
    const header = this.rtp.writeHeader(out, offset, {
      marker: packet === packetsPerFrame - 1,
      timestamp: this.timestamp,
      payloadSize,
    });
    out.set(this.#filling, offset + header);
    this.#writeDescriptor(out, offset + header, packet === 0);
    return header + payloadSize;
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
    const { width, height } = this.#layer;
    out.set(KEY_FRAME_START_CODE, tag + 3);
    out.set([width & 0xff, width >> 8, height & 0xff, height >> 8], tag + 6);
  }
}
