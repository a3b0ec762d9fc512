import type { ClockReference, PacketSink, ReceiveStream, SendBatch } from '@parley/transport';
import { RX, RX_KEY_FRAME, RX_WORDS, RxKind, SLOT_SIZE } from '@parley/wire';
import { sortRids } from '../layers/layer-quality.js';
import { ALL_LAYERS, NO_LAYER, Selection } from '../layers/selection.js';
import { SimulcastSelector } from '../layers/simulcast-selector.js';
import { KEY_FRAME, MARKER, RecordKind } from './tap-layout.js';
import { TapWriter } from './tap-writer.js';

export interface TapOptions {
  /** What `createTapBuffer` made, to be given to the worker that reads it, too. */
  buffer: SharedArrayBuffer;
  /** The highest layer of a video that is taken, from 0 up. Default the best that there is. */
  maxLayer?: number;
}

/** The marker in a sequence word. */
const RTP_MARKER = 0x80_0000;

/**
 * Takes the packets of a publication out of the media thread, without a transport: copies them into shared memory, from
 * which a worker reads them with `TapReader`. Of a video in layers it takes one stream at a time, each from a key frame on.
 *
 * Never waits: packets for which a slow reader has left no room are lost, and counted.
 */
export class Tap implements PacketSink {
  readonly #writer: TapWriter;
  #counted = { tapPacketsLost: 0 };
  readonly #selector = new SimulcastSelector();
  /** By layer. */
  readonly #streams: (ReceiveStream | undefined)[] = [];
  /** Whose packets are taken at present. */
  #source: ReceiveStream | undefined;
  #clock: ClockReference | undefined;
  #isVideo = false;
  #muted = false;
  /** Whether the record that it is muted was written. */
  #isMuteWritten = false;
  #ended = false;

  constructor({ buffer, maxLayer = ALL_LAYERS }: TapOptions) {
    this.#writer = new TapWriter(buffer);
    this.#selector.setTarget(maxLayer);
  }

  /** Packets that there was no room for. */
  get lost(): number {
    return this.#writer.lost;
  }

  /** The layer of which a key frame is needed; -1 where it has what it wants, or for audio. */
  get keyFrameNeeded(): number {
    return this.#isVideo && !this.#muted ? this.#selector.keyFrameNeeded : NO_LAYER;
  }

  /** For `Publication` only: where what is lost is counted with that of other taps. */
  countIn(counted: { tapPacketsLost: number }): void {
    this.#counted = counted;
  }

  /** @param mask Bitmask of the layers that the publisher sends. */
  setLiveLayers(mask: number): void {
    this.#selector.setLiveLayers(mask);
  }

  /** Takes nothing while it is muted; then goes on with a key frame. */
  setMuted(muted: boolean): void {
    if (muted === this.#muted || this.#ended) return;
    this.#muted = muted;
    this.#selector.restart();
    this.flush();
  }

  /** Tells the reader what there was no room for. To be called now and then. */
  flush(): void {
    if (this.#ended || !this.#writeMuted()) return;
    this.#writer.publish();
  }

  /** Implements `PacketSink`. */
  onStream(stream: ReceiveStream): void {
    this.#add(stream);
  }

  /** Implements `PacketSink`: the hot path. */
  onPackets(
    stream: ReceiveStream,
    rx: Uint32Array,
    first: number,
    last: number,
    _batch: SendBatch,
    now: number,
  ): void {
    if (this.#muted || this.#ended) return;
    if (this.#isMuteWritten && !this.#writeMuted()) {
      for (let packet = first; packet < last; packet++) this.#lose();
      return;
    }
    let layer = this.#streams.indexOf(stream);
    if (layer < 0) layer = this.#add(stream);
    let isRunning = stream === this.#source && layer === this.#selector.current;
    for (let at = first * RX_WORDS, end = last * RX_WORDS; at < end; at += RX_WORDS) {
      if (rx[at + RX.KIND] !== RxKind.RTP) continue;
      const isKeyFrame = (rx[at + RX.FLAGS]! & RX_KEY_FRAME) !== 0;
      isRunning ||= this.#start(layer, stream, isKeyFrame || !this.#isVideo);
      const payload = rx[at + RX.PAYLOAD]!;
      // One that is all padding holds no media.
      if (!isRunning || payload >>> 16 === 0) continue;
      const word = rx[at + RX.SEQUENCE]!;
      const hasRoom = this.#writer.begin(
        RecordKind.PACKET |
          ((word & RTP_MARKER) !== 0 ? MARKER : 0) |
          (isKeyFrame ? KEY_FRAME : 0) |
          (word & 0x7f_0000) |
          (layer << 24),
        stream.ssrc,
        word & 0xffff,
        rx[at + RX.TIMESTAMP]!,
        now,
        payload >>> 16,
      );
      if (hasRoom) this.#writer.fill(stream.pool, rx[at + RX.SLOT]! * SLOT_SIZE + (payload & 0xffff));
      else this.#lose();
    }
    if (isRunning) this.#writeClock(stream);
    this.#writer.publish();
  }

  /** Implements `PacketSink`: what a decoder hears tells more. */
  onAudioLevel(): void {
    // Nothing to be done.
  }

  /** Nothing more will come; the reader is told. Idempotent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#source = undefined;
    this.#streams.length = 0;
    this.#writer.end();
  }

  #lose(): void {
    this.#writer.lose();
    this.#counted.tapPacketsLost += 1;
  }

  #add(stream: ReceiveStream): number {
    const { kind, parameters } = stream.receiver;
    this.#isVideo = kind === 'video';
    const layer = Math.max(0, sortRids(parameters.rids).indexOf(stream.rid));
    this.#streams[layer] = stream;
    return layer;
  }

  /** Whether this stream is taken from this packet on; the reader is told of it then. */
  #start(layer: number, stream: ReceiveStream, canStart: boolean): boolean {
    // The layer's stream was replaced by another, as when its SSRC changed.
    if (layer === this.#selector.current && stream !== this.#source) this.#selector.restart();
    if (this.#selector.select(layer, canStart) !== Selection.SWITCH) return false;
    const codecs = stream.codecs.map(({ mimeType, payloadType, clockRate }) => ({
      mimeType,
      payloadType,
      clockRate,
    }));
    const payload = new TextEncoder().encode(JSON.stringify(codecs));
    const kind = RecordKind.STREAM | (layer << 24);
    if (!this.#writer.begin(kind, stream.ssrc, 0, stream.clockRate, 0, payload.length)) {
      // A reader that was not told of it could make nothing of its packets.
      this.#lose();
      this.#selector.restart();
      return false;
    }
    this.#writer.fill(payload, 0);
    this.#source = stream;
    this.#clock = undefined;
    return true;
  }

  #writeMuted(): boolean {
    if (this.#isMuteWritten === this.#muted) return true;
    const kind = this.#muted ? RecordKind.MUTED : RecordKind.UNMUTED;
    if (!this.#writer.begin(kind, 0, 0, 0, 0, 0)) return false;
    this.#isMuteWritten = this.#muted;
    return true;
  }

  #writeClock(stream: ReceiveStream): void {
    const { clockReference } = stream.statistics;
    if (!clockReference || clockReference === this.#clock) return;
    this.#clock = clockReference;
    this.#writer.writeClock(stream.ssrc, clockReference);
  }
}
