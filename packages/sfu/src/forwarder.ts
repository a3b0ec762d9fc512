import type { ClockReference, Encoding, RtpSender, SendBatch } from '@parley/transport';
import { RX, RX_KEY_FRAME, RX_WORDS, RxKind, TX, TxKind } from '@parley/wire';

/** Behind the newest packet by more than this, a packet is too old to be asked for again (half the number space). */
const HISTORY_SPAN = 0x4000;

/** No payload type. */
const NONE = 0xff;

/**
 * Forwards the packets of one encoding to one subscriber: new SSRC, payload type, sequence numbers and timestamps,
 * payload untouched.
 *
 * Sequence numbers follow the source's by a constant offset, gaps and all, so that the subscriber sees (and asks for)
 * what was lost on the way in. After a pause or a change of source the offset changes such that the numbers go on.
 */
export class Forwarder {
  readonly #sender: RtpSender;
  readonly #needsKeyFrame: boolean;
  /** Payload type toward the subscriber, by payload type of the source; `NONE` where the subscriber lacks the codec. */
  readonly #payloadTypes = new Uint8Array(128).fill(NONE);
  readonly #rtxPayloadTypes = new Uint8Array(128).fill(NONE);
  #source: Encoding | undefined;
  #running = false;
  #everRan = false;
  #sequenceOffset = 0;
  #timestampOffset = 0;
  /** Source sequence numbers: the first forwarded since the last start, and the newest. */
  #firstSequence = 0;
  #newestSequence = 0;
  /** Of the newest packet, as the subscriber saw it. */
  #lastTimestamp = 0;
  #lastTime = 0;

  constructor(sender: RtpSender) {
    this.#sender = sender;
    this.#needsKeyFrame = sender.kind === 'video';
    this.#newestSequence = (sender.firstSequence - 1) & 0xffff;
    this.#lastTimestamp = sender.firstTimestamp;
  }

  /** Video that waits for a key frame to start with. */
  get waitsForKeyFrame(): boolean {
    return this.#needsKeyFrame && this.#source !== undefined && !this.#running;
  }

  get source(): Encoding | undefined {
    return this.#source;
  }

  /** Forwards this encoding from its next key frame (audio: packet) on; `undefined` forwards nothing. */
  setSource(source: Encoding | undefined): void {
    if (source === this.#source) return;
    this.pause();
    this.#source = source;
    this.#payloadTypes.fill(NONE);
    this.#rtxPayloadTypes.fill(NONE);
    this.#sender.sequencer.clear();
    if (!source) return;
    for (const codec of source.codecs) {
      const own = this.#sender.codecOf(codec.mimeType);
      if (!own) continue;
      this.#payloadTypes[codec.payloadType] = own.payloadType;
      if (own.rtxPayloadType !== undefined) this.#rtxPayloadTypes[codec.payloadType] = own.rtxPayloadType;
    }
  }

  /** Stops until the next key frame (audio: packet). */
  pause(): void {
    this.#running = false;
  }

  /** Writes send descriptors for the received packets `first` to `last` (exclusive), all of this forwarder's source. */
  forward(rx: Uint32Array, first: number, last: number, batch: SendBatch, now: number): void {
    const { session, ssrc, sequencer, reports } = this.#sender;
    const tx = batch.words;
    for (let at = first * RX_WORDS, end = last * RX_WORDS; at < end; at += RX_WORDS) {
      if (rx[at + RX.KIND] !== RxKind.RTP) continue;
      const word = rx[at + RX.SEQUENCE]!;
      const payloadType = this.#payloadTypes[(word >> 16) & 0x7f]!;
      if (payloadType === NONE) continue;
      const sequence = word & 0xffff;
      const timestamp = rx[at + RX.TIMESTAMP]! | 0;
      if (!this.#running) {
        if (this.#needsKeyFrame && (rx[at + RX.FLAGS]! & RX_KEY_FRAME) === 0) continue;
        this.#start(sequence, timestamp, now);
      }
      const ahead = (sequence - this.#newestSequence) & 0xffff;
      if (ahead < 0x8000) {
        this.#newestSequence = sequence;
        this.#lastTimestamp = (timestamp - this.#timestampOffset) | 0;
      } else if (((sequence - this.#firstSequence) & 0xffff) >= 0x8000) {
        continue; // from before the start: the subscriber has no number for it
      }
      const outSequence = (sequence - this.#sequenceOffset) & 0xffff;
      const to = batch.next();
      tx[to + TX.KIND] = TxKind.RTP;
      tx[to + TX.SESSION] = session;
      tx[to + TX.SOURCE] = rx[at + RX.SLOT]!;
      const payload = rx[at + RX.PAYLOAD]!;
      tx[to + TX.LENGTH] = payload;
      tx[to + TX.SSRC] = ssrc;
      tx[to + TX.SEQUENCE] = outSequence | (payloadType << 16) | (word & 0x80_0000);
      tx[to + TX.TIMESTAMP] = timestamp - this.#timestampOffset;
      tx[to + TX.EXTENSION] = 0;
      tx[to + TX.PREFIX] = 0;
      sequencer.record(outSequence, sequence);
      reports.sent(payload >>> 16);
    }
    if (!this.#running) return;
    // Keeps "before the start" meaningful once the numbers have gone half way round.
    if (((this.#newestSequence - this.#firstSequence) & 0xffff) > HISTORY_SPAN) {
      this.#firstSequence = (this.#newestSequence - HISTORY_SPAN / 2) & 0xffff;
    }
    this.#lastTime = now;
  }

  /**
   * Sends packets again that the subscriber misses, from its source's history: as RTX, or where that was not negotiated
   * just as they were.
   * @returns how many of them; the others are too old, or were asked for too often.
   */
  resend(sequences: readonly number[], batch: SendBatch, now: number): number {
    const history = this.#source?.history;
    if (!history) return 0;
    const { session, ssrc, rtxSsrc, sequencer } = this.#sender;
    const tx = batch.words;
    let sent = 0;
    for (const outSequence of sequences) {
      const source = sequencer.retransmit(outSequence, now);
      const entry = source < 0 ? -1 : history.find(source);
      if (entry < 0) continue;
      const word = history.sequenceWord(entry);
      const rtxPayloadType = this.#rtxPayloadTypes[(word >> 16) & 0x7f]!;
      const isRtx = rtxSsrc !== undefined && rtxPayloadType !== NONE;
      const payloadType = isRtx ? rtxPayloadType : this.#payloadTypes[(word >> 16) & 0x7f]!;
      const sequence = isRtx ? this.#sender.nextRtxSequence() : outSequence;
      const to = batch.next();
      tx[to + TX.KIND] = isRtx ? TxKind.RTX : TxKind.RTP;
      tx[to + TX.SESSION] = session;
      tx[to + TX.SOURCE] = history.slot(entry);
      tx[to + TX.LENGTH] = history.payloadWord(entry);
      tx[to + TX.SSRC] = isRtx ? rtxSsrc : ssrc;
      tx[to + TX.SEQUENCE] = sequence | (payloadType << 16) | (word & 0x80_0000);
      tx[to + TX.TIMESTAMP] = history.timestamp(entry) - this.#timestampOffset;
      tx[to + TX.EXTRA] = outSequence;
      tx[to + TX.EXTENSION] = 0;
      tx[to + TX.PREFIX] = 0;
      sent += 1;
    }
    return sent;
  }

  /** Implements the clock of `RtpSenderSource`. */
  clock(): { reference: ClockReference; timestampOffset: number } | undefined {
    const reference = this.#source?.stream.clockReference;
    return reference && this.#everRan ? { reference, timestampOffset: -this.#timestampOffset } : undefined;
  }

  #start(sequence: number, timestamp: number, now: number): void {
    const last = (this.#newestSequence - this.#sequenceOffset) & 0xffff;
    this.#sequenceOffset = (sequence - last - 1) & 0xffff;
    if (this.#everRan) {
      // The subscriber's clock went on meanwhile.
      const elapsed = Math.max(
        1,
        Math.round(((now - this.#lastTime) * (this.#source?.clockRate ?? 0)) / 1000),
      );
      this.#timestampOffset = (timestamp - this.#lastTimestamp - elapsed) | 0;
    } else {
      this.#timestampOffset = (timestamp - this.#lastTimestamp) | 0;
    }
    this.#everRan = true;
    this.#running = true;
    this.#firstSequence = sequence;
    this.#newestSequence = sequence;
  }
}
