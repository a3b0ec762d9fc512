import {
  createVp8Descriptor,
  MimeType,
  parseVp8Descriptor,
  sequenceDiff,
  type Vp8Descriptor,
} from '@parley/rtp';
import {
  PacketClass,
  STAMP_SIZE,
  type ClockReference,
  type Encoding,
  type RtpSender,
  type SendBatch,
} from '@parley/transport';
import { RX, RX_KEY_FRAME, RX_WORDS, RxKind, SLOT_SIZE, TX, TxKind } from '@parley/wire';
import { ALL_LAYERS, NO_LAYER, Selection } from './layers/selection.js';
import { SimulcastSelector } from './layers/simulcast-selector.js';
import { switchedTimestampOffset } from './layers/timestamp-alignment.js';
import { PacingQueue } from './pacing-queue.js';
import { RED_MALFORMED, RedStripper } from './red-stripper.js';
import { MAX_VP8_DESCRIPTOR_SIZE, VP8_DROPPED, Vp8Munger } from './vp8-munger.js';

/** Behind the newest packet by more than this, a packet is too old to be asked for again (half the number space). */
const HISTORY_SPAN = 0x4000;

/**
 * A packet further from the newest one than this is no late one, and none behind a loss: the source numbers anew. Late ones
 * lie within the window of `NackGenerator`.
 */
const MAX_LATE = 1024;
const MAX_GAP = 0x1000;

/** Bytes of header extension elements, rounded up to where the scratch area goes on. */
const EXTENSION_ROOM = (STAMP_SIZE + 3) & ~3;

/** No payload type. */
const NONE = 0xff;

/** VP8 descriptors are parsed into this, one packet at a time. */
const descriptor: Vp8Descriptor = createVp8Descriptor();

/**
 * Forwards a publication to one subscriber: of its layers the one that is chosen, with new SSRC, payload type, sequence
 * numbers and timestamps.
 *
 * Sequence numbers follow the source's by a constant offset, gaps and all, so that the subscriber sees (and asks for)
 * what was lost on the way in. After a pause or a switch of layers the offset changes such that the numbers go on, and the
 * pictures of VP8 are renumbered likewise.
 */
export class Forwarder {
  readonly #sender: RtpSender;
  readonly #selector = new SimulcastSelector();
  /** Set where layers may be switched and the codec numbers its pictures. */
  readonly #munger: Vp8Munger | undefined;
  /** Payload type toward the subscriber, by payload type of the source; `NONE` where the subscriber lacks the codec. */
  readonly #payloadTypes = new Uint8Array(128).fill(NONE);
  readonly #rtxPayloadTypes = new Uint8Array(128).fill(NONE);
  /** Set where the subscriber does not take the source's RED. */
  #red: RedStripper | undefined;
  /** What is forwarded at present, or was before a pause. */
  #source: Encoding | undefined;
  #sequenceOffset = 0;
  #timestampOffset = 0;
  /** Source sequence numbers: the first forwarded since the last start, and the newest. */
  #firstSequence = 0;
  #newestSequence = 0;
  /** Likewise, the newest that was sent: older than the newest while some wait. */
  #newestSent = 0;
  readonly #waiting = new PacingQueue();
  /** Of the newest packet, as the subscriber saw it. */
  #lastTimestamp = 0;
  #lastTime = 0;

  /** @param isSimulcast Whether the publication has layers to switch between. */
  constructor(sender: RtpSender, isSimulcast: boolean) {
    this.#sender = sender;
    this.#newestSequence = (sender.firstSequence - 1) & 0xffff;
    this.#newestSent = this.#newestSequence;
    this.#lastTimestamp = sender.firstTimestamp;
    this.#selector.setTarget(ALL_LAYERS);
    if (isSimulcast && sender.codecOf('video/VP8')) this.#munger = new Vp8Munger();
  }

  /** The layer forwarded at present; -1 for none. */
  get layer(): number {
    return this.#selector.current;
  }

  /** The layer of which a key frame is needed to get where the subscriber should be; -1 where it is there, or for audio. */
  get keyFrameNeeded(): number {
    return this.#sender.kind === 'video' ? this.#selector.keyFrameNeeded : NO_LAYER;
  }

  /** Forwards this layer at most, from the next key frame on; -1 for none, at once. */
  setTarget(layer: number): void {
    this.#selector.setTarget(layer);
    if (layer === NO_LAYER) this.#waiting.clear();
  }

  /** @param mask Bitmask of the layers that the publisher sends. */
  setLiveLayers(mask: number): void {
    this.#selector.setLiveLayers(mask);
  }

  /** Stops until the next key frame (audio: packet). */
  pause(): void {
    this.#selector.restart();
    this.#waiting.clear();
  }

  /**
   * Writes send descriptors for the received packets `first` to `last` (exclusive), all of one stream.
   *
   * @param layer Which of the publication's layers the stream is.
   */
  forward(
    layer: number,
    source: Encoding,
    rx: Uint32Array,
    first: number,
    last: number,
    batch: SendBatch,
    now: number,
  ): void {
    let running = layer === this.#selector.current && source === this.#source;
    const { bandwidth, kind } = this.#sender;
    const isPaced = bandwidth !== undefined && kind === 'video';
    for (let at = first * RX_WORDS, end = last * RX_WORDS; at < end; at += RX_WORDS) {
      if (rx[at + RX.KIND] !== RxKind.RTP) continue;
      const word = rx[at + RX.SEQUENCE]!;
      const sequence = word & 0xffff;
      const timestamp = rx[at + RX.TIMESTAMP]! | 0;
      const isKeyFrame = (rx[at + RX.FLAGS]! & RX_KEY_FRAME) !== 0;
      if (running && this.#isRenumbered(sequence)) {
        // Its old numbers were given out: none may go out again with another packet, nor may they jump too far.
        this.#selector.restart();
        running = false;
      }
      if (!running) {
        if (!this.#starts(layer, source, kind === 'audio' || isKeyFrame)) continue;
        this.#start(source, sequence, timestamp, now);
        running = true;
      }
      const payloadType = (word >> 16) & 0x7f;
      if (this.#payloadTypes[payloadType] === NONE) continue;
      const isNewer = ((sequence - this.#newestSequence) & 0xffff) < 0x8000;
      // From before the start: the subscriber has no number for it.
      if (!isNewer && ((sequence - this.#firstSequence) & 0xffff) >= 0x8000) continue;
      if (isNewer) {
        this.#newestSequence = sequence;
        this.#lastTimestamp = (timestamp - this.#timestampOffset) | 0;
      }
      let payload = rx[at + RX.PAYLOAD]!;
      if (this.#red) payload = this.#red.strip(payloadType, payload, source.pool, rx[at + RX.SLOT]!);
      if (payload === RED_MALFORMED) continue;
      if (isPaced && (this.#waiting.size > 0 || !bandwidth.allows(payload >>> 16, now, PacketClass.VIDEO))) {
        if (this.#waiting.push(sequence, isKeyFrame)) continue;
        // What is kept for it could not be sent in time: the subscriber is better off with the next key frame.
        this.#selector.restart();
        this.#waiting.clear();
        return;
      }
      if (bandwidth !== undefined && !isPaced) bandwidth.allows(payload >>> 16, now, PacketClass.AUDIO);
      this.#sendFirst(source, rx[at + RX.SLOT]!, word, payload, timestamp, isKeyFrame, batch, now);
    }
    if (!running) return;
    // Keeps "before the start" meaningful once the numbers have gone half way round.
    if (((this.#newestSequence - this.#firstSequence) & 0xffff) > HISTORY_SPAN) {
      this.#firstSequence = (this.#newestSequence - HISTORY_SPAN / 2) & 0xffff;
    }
    this.#lastTime = now;
  }

  /** Sends packets that waited for the pacer, as far as it lets them; returns whether others wait on. */
  pace(batch: SendBatch, now: number): boolean {
    const { bandwidth } = this.#sender;
    const source = this.#source;
    const history = source?.history;
    const waiting = this.#waiting;
    while (bandwidth && source && history && waiting.size > 0) {
      const entry = history.find(waiting.sequence);
      if (entry >= 0) {
        const payload = history.payloadWord(entry);
        if (!bandwidth.allows(payload >>> 16, now, PacketClass.VIDEO)) return true;
        const slot = history.slot(entry);
        const word = history.sequenceWord(entry);
        const timestamp = history.timestamp(entry) | 0;
        this.#sendFirst(source, slot, word, payload, timestamp, waiting.isKeyFrame, batch, now);
      }
      waiting.shift();
    }
    return false;
  }

  /**
   * Sends packets again that the subscriber misses, from its source's history: as RTX, or where that was not negotiated
   * just as they were.
   * @returns how many of them; the others are too old, or were asked for too often.
   */
  resend(sequences: readonly number[], batch: SendBatch, now: number): number {
    const source = this.#source;
    const history = source?.history;
    if (!source || !history) return 0;
    const { rtxSsrc, sequencer, bandwidth } = this.#sender;
    let sent = 0;
    for (const outSequence of sequences) {
      const original = sequencer.retransmit(outSequence, now);
      const entry = original < 0 ? -1 : history.find(original);
      if (entry < 0) continue;
      const word = history.sequenceWord(entry);
      const slot = history.slot(entry);
      const payload = history.payloadWord(entry);
      const timestamp = history.timestamp(entry) | 0;
      const payloadType = this.#rtxPayloadTypes[(word >> 16) & 0x7f]!;
      const isRtx = rtxSsrc !== undefined && payloadType !== NONE;
      // With a number of its own in the header extension it would be another packet under the same number: the cipher must
      // not see that (RFC 7714 section 8.1).
      if (!isRtx && bandwidth !== undefined) continue;
      if (bandwidth?.allows(payload >>> 16, now, PacketClass.RETRANSMISSION) === false) continue;
      const kind = isRtx ? TxKind.RTX : TxKind.RTP;
      if (this.#send(kind, source, slot, word, payload, timestamp, outSequence, false, batch, now)) sent += 1;
    }
    return sent;
  }

  /** Implements the clock of `RtpSenderSource`. */
  clock(): { reference: ClockReference; timestampOffset: number } | undefined {
    const reference = this.#source?.stream.clockReference;
    return reference && { reference, timestampOffset: -this.#timestampOffset };
  }

  #isRenumbered(sequence: number): boolean {
    const distance = sequenceDiff(sequence, this.#newestSequence);
    return distance <= -MAX_LATE || distance > MAX_GAP;
  }

  /** Whether a packet of this stream may be the first of it to be forwarded. */
  #starts(layer: number, source: Encoding, canStart: boolean): boolean {
    // The layer's stream was replaced by another, as when its SSRC changed.
    if (layer === this.#selector.current && source !== this.#source) this.#selector.restart();
    return this.#selector.select(layer, canStart) === Selection.SWITCH;
  }

  #start(source: Encoding, sequence: number, timestamp: number, now: number): void {
    const previous = this.#source;
    // What waits is not worth sending any more, and gave out no numbers yet.
    this.#waiting.clear();
    const last = (this.#newestSent - this.#sequenceOffset) & 0xffff;
    this.#sequenceOffset = (sequence - last - 1) & 0xffff;
    this.#timestampOffset = previous
      ? switchedTimestampOffset({
          clockRate: source.clockRate,
          previousOffset: this.#timestampOffset,
          previousReference: previous.stream.clockReference,
          reference: source.stream.clockReference,
          timestamp,
          lastTimestamp: this.#lastTimestamp,
          elapsed: now - this.#lastTime,
        })
      : (timestamp - this.#lastTimestamp) | 0;
    this.#firstSequence = sequence;
    this.#newestSequence = sequence;
    this.#newestSent = (sequence - 1) & 0xffff;
    this.#munger?.restart();
    // What was sent before cannot be made again: the offsets are others now.
    this.#sender.sequencer.clear();
    if (source !== previous) this.#setSource(source);
  }

  #setSource(source: Encoding): void {
    this.#source = source;
    this.#payloadTypes.fill(NONE);
    this.#rtxPayloadTypes.fill(NONE);
    this.#red = RedStripper.between(source.codecs, this.#sender);
    for (const codec of source.codecs) {
      const isStripped = codec.payloadType === this.#red?.payloadType;
      const own = this.#sender.codecOf(isStripped ? MimeType.OPUS : codec.mimeType);
      if (!own) continue;
      this.#payloadTypes[codec.payloadType] = own.payloadType;
      if (own.rtxPayloadType !== undefined) this.#rtxPayloadTypes[codec.payloadType] = own.rtxPayloadType;
    }
  }

  /** Sends a packet for the first time. */
  #sendFirst(
    source: Encoding,
    slot: number,
    word: number,
    payload: number,
    timestamp: number,
    isKeyFrame: boolean,
    batch: SendBatch,
    now: number,
  ): void {
    const sequence = word & 0xffff;
    const outSequence = (sequence - this.#sequenceOffset) & 0xffff;
    const { sequencer } = this.#sender;
    if (!this.#send(TxKind.RTP, source, slot, word, payload, timestamp, outSequence, isKeyFrame, batch, now))
      return;
    if (((sequence - this.#newestSent) & 0xffff) < 0x8000) this.#newestSent = sequence;
    sequencer.record(outSequence, sequence);
  }

  /** Writes one packet's descriptor. Returns false where its payload is malformed, or its picture is left out. */
  #send(
    kind: number,
    source: Encoding,
    slot: number,
    word: number,
    payload: number,
    timestamp: number,
    outSequence: number,
    isKeyFrame: boolean,
    batch: SendBatch,
    now: number,
  ): boolean {
    const sender = this.#sender;
    const isRtx = kind === TxKind.RTX;
    // One reservation for all that the descriptor refers to, as another could send what is written so far.
    const room = batch.reserve(EXTENSION_ROOM + MAX_VP8_DESCRIPTOR_SIZE);
    let prefix = 0;
    if (this.#munger !== undefined) {
      const size = this.#munge(source, slot, payload, isKeyFrame, batch.scratch, room + EXTENSION_ROOM);
      if (size === VP8_DROPPED) return false;
      prefix = ((room + EXTENSION_ROOM) | (size << 24)) >>> 0;
      payload = withoutDescriptor(payload);
    }
    const bytes = (payload >>> 16) + (prefix >>> 24);
    const extensionSize = sender.bandwidth?.stamp(batch.scratch, room, bytes, now) ?? 0;
    if (prefix !== 0 || extensionSize > 0) batch.use(room, EXTENSION_ROOM + (prefix >>> 24));
    if (!isRtx) sender.reports.sent(bytes);
    const payloadTypes = isRtx ? this.#rtxPayloadTypes : this.#payloadTypes;
    const sequence = isRtx ? sender.nextRtxSequence() : outSequence;
    const tx = batch.words;
    const to = batch.next();
    tx[to + TX.KIND] = kind;
    tx[to + TX.SESSION] = sender.session;
    tx[to + TX.SOURCE] = slot;
    tx[to + TX.LENGTH] = payload;
    tx[to + TX.SSRC] = isRtx ? (sender.rtxSsrc ?? 0) : sender.ssrc;
    tx[to + TX.SEQUENCE] = sequence | (payloadTypes[(word >> 16) & 0x7f]! << 16) | (word & 0x80_0000);
    tx[to + TX.TIMESTAMP] = timestamp - this.#timestampOffset;
    tx[to + TX.EXTRA] = outSequence;
    tx[to + TX.EXTENSION] = extensionSize === 0 ? 0 : (room | (extensionSize << 24)) >>> 0;
    tx[to + TX.PREFIX] = prefix;
    return true;
  }

  /** Writes the packet's descriptor for the subscriber; returns its bytes, or `VP8_DROPPED`. */
  #munge(
    source: Encoding,
    slot: number,
    payload: number,
    isKeyFrame: boolean,
    out: Uint8Array,
    offset: number,
  ): number {
    const start = slot * SLOT_SIZE + (payload & 0xffff);
    if (!parseVp8Descriptor(source.pool, start, payload >>> 16, descriptor)) return VP8_DROPPED;
    return this.#munger?.munge(descriptor, isKeyFrame, out, offset) ?? VP8_DROPPED;
  }
}

/** The payload word of a packet whose descriptor, parsed last, is replaced. */
function withoutDescriptor(payload: number): number {
  const offset = (payload & 0xffff) + descriptor.size;
  return (offset | (((payload >>> 16) - descriptor.size) << 16)) >>> 0;
}
