import {
  HEADER,
  HEADER_SIZE,
  KEY_FRAME,
  LAYOUT,
  MARKER,
  RECORD,
  RECORD_SIZE,
  RecordKind,
} from './tap-layout.js';

/** A codec of a stream. */
export interface TapCodec {
  readonly mimeType: string;
  readonly payloadType: number;
  readonly clockRate: number;
}

export interface TapPacket {
  readonly type: 'packet';
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly payloadType: number;
  readonly marker: boolean;
  /** Whether a key frame starts in it. */
  readonly isKeyFrame: boolean;
  /** Which of a video's streams it is of, from the lowest up. */
  readonly layer: number;
  /** When it came, in milliseconds of the media thread's clock. */
  readonly arrival: number;
  /** Lies in the ring: to be copied where it is needed beyond the next call of `next`. */
  readonly payload: Uint8Array;
}

/** The packets that follow are of this stream: the first one, one of another layer, or one that has replaced it. */
export interface TapStream {
  readonly type: 'stream';
  readonly ssrc: number;
  readonly layer: number;
  readonly clockRate: number;
  readonly codecs: readonly TapCodec[];
}

export type TapRecord = TapPacket | TapStream | { readonly type: 'muted' } | { readonly type: 'unmuted' };

/** One moment on a stream's RTP clock and on its publisher's wall clock (RFC 3550 section 6.4.1). */
export interface TapClock {
  readonly ssrc: number;
  readonly ntpSeconds: number;
  readonly ntpFraction: number;
  readonly rtpTimestamp: number;
  /** When the report came, in milliseconds of the media thread's clock. */
  readonly receivedAt: number;
}

/** Reads what a `Tap` wrote, on any thread. One reader for a tap. */
export class TapReader {
  readonly #header: Int32Array;
  readonly #headerFloats: Float64Array;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #floats: Float64Array;
  readonly #mask: number;
  /** Of the next record. */
  #position = 0;

  /** @throws RangeError when the buffer is not that of a tap of this version. */
  constructor(buffer: SharedArrayBuffer) {
    this.#header = new Int32Array(buffer, 0, HEADER_SIZE >> 2);
    if (
      this.#header[HEADER.LAYOUT] !== LAYOUT ||
      this.#header[HEADER.CAPACITY] !== buffer.byteLength - HEADER_SIZE
    )
      throw new RangeError('the buffer is not that of a tap, or of one of another version');
    this.#headerFloats = new Float64Array(buffer, 0, HEADER_SIZE >> 3);
    this.#bytes = new Uint8Array(buffer, HEADER_SIZE);
    this.#words = new Uint32Array(buffer, HEADER_SIZE);
    this.#floats = new Float64Array(buffer, HEADER_SIZE);
    this.#mask = this.#bytes.length - 1;
    this.#position = Atomics.load(this.#header, HEADER.READ) >>> 0;
  }

  /** Packets that were lost because this reader was too slow. */
  get lost(): number {
    return Atomics.load(this.#header, HEADER.LOST) >>> 0;
  }

  /** Whether all was read and nothing more will come. */
  get ended(): boolean {
    // In this order: what was written before the end is seen by then.
    return Atomics.load(this.#header, HEADER.ENDED) !== 0 && this.#isDrained;
  }

  /** By the latest sender report; undefined before the first one. */
  get clock(): TapClock | undefined {
    const header = this.#header;
    for (;;) {
      const version = Atomics.load(header, HEADER.CLOCK_VERSION);
      if (version === 0) return undefined;
      if ((version & 1) !== 0) continue;
      const clock = {
        ssrc: Atomics.load(header, HEADER.CLOCK_SSRC) >>> 0,
        ntpSeconds: Atomics.load(header, HEADER.NTP_SECONDS) >>> 0,
        ntpFraction: Atomics.load(header, HEADER.NTP_FRACTION) >>> 0,
        rtpTimestamp: Atomics.load(header, HEADER.RTP_TIMESTAMP) >>> 0,
        receivedAt: this.#headerFloats[HEADER.RECEIVED_AT >> 1]!,
      };
      if (Atomics.load(header, HEADER.CLOCK_VERSION) === version) return clock;
    }
  }

  /** Waits for something to read, or the end. For workers: no thread that serves others may wait. @param timeout Milliseconds. */
  wait(timeout: number): void {
    const written = this.#position | 0;
    if (Atomics.load(this.#header, HEADER.ENDED) === 0)
      Atomics.wait(this.#header, HEADER.WRITTEN, written, timeout);
  }

  /** The next record; undefined where there is none yet. The record before makes room for others. */
  next(): TapRecord | undefined {
    Atomics.store(this.#header, HEADER.READ, this.#position | 0);
    while (!this.#isDrained) {
      const at = this.#position & this.#mask;
      const size = this.#words[(at >> 2) + RECORD.SIZE]!;
      this.#position = (this.#position + size) >>> 0;
      const record = this.#read(at);
      if (record) return record;
    }
    return undefined;
  }

  get #isDrained(): boolean {
    return Atomics.load(this.#header, HEADER.WRITTEN) >>> 0 === this.#position;
  }

  #read(at: number): TapRecord | undefined {
    const words = this.#words;
    const word = at >> 2;
    const kind = words[word + RECORD.KIND]!;
    const ssrc = words[word + RECORD.SSRC]!;
    const layer = kind >>> 24;
    const payload = this.#bytes.subarray(at + RECORD_SIZE, at + RECORD_SIZE + words[word + RECORD.LENGTH]!);
    switch (kind & 0xff) {
      case RecordKind.PACKET:
        return {
          type: 'packet',
          ssrc,
          sequence: words[word + RECORD.SEQUENCE]!,
          timestamp: words[word + RECORD.TIMESTAMP]!,
          payloadType: (kind >> 16) & 0x7f,
          marker: (kind & MARKER) !== 0,
          isKeyFrame: (kind & KEY_FRAME) !== 0,
          layer,
          arrival: this.#floats[(word + RECORD.ARRIVAL) >> 1]!,
          payload,
        };
      case RecordKind.STREAM:
        return {
          type: 'stream',
          ssrc,
          layer,
          clockRate: words[word + RECORD.TIMESTAMP]!,
          // The decoder takes no shared memory.
          codecs: JSON.parse(new TextDecoder().decode(payload.slice())) as readonly TapCodec[],
        };
      case RecordKind.MUTED:
        return { type: 'muted' };
      case RecordKind.UNMUTED:
        return { type: 'unmuted' };
      default:
        return undefined;
    }
  }
}
