import { padded } from './bytes.js';
import { CongestionControl } from './congestion-control.js';
import type { SctpCounters } from './sctp-metrics.js';
import { DATA_HEADER_LENGTH, writeDataChunk } from './data-chunk.js';
import { Fifo } from './fifo.js';
import type { ForwardTsn } from './forward-tsn-chunk.js';
import type { AssociationParameters } from './association-parameters.js';
import { RetransmissionTimeout } from './retransmission-timeout.js';
import type { Sack } from './sack-chunk.js';
import type { OutgoingMessage, SendQueue } from './send-queue.js';
import { unwrap32 } from './tsn.js';

/** Sent and unacknowledged data: flow control, congestion, loss and its repair (RFC 9260 sections 6 and 7). */

type SentState = 'unsent' | 'in-flight' | 'lost' | 'acknowledged' | 'abandoned';

/** A fragment that was sent. `length` is zero for one that never was (see #abandon). */
interface SentChunk {
  readonly tsn: number;
  readonly message: OutgoingMessage;
  readonly offset: number;
  readonly length: number;
  readonly end: boolean;
  state: SentState;
  transmissions: number;
  /** SACKs that acknowledged a later one and not this. */
  missing: number;
  /** Fast retransmission is for once; after that only the timer helps. */
  fastRetransmitted: boolean;
}

/** Missing reports that make a loss, RFC 9260 section 7.2.4. */
const MISSING_REPORTS = 3;
/** Streams named in one FORWARD TSN: it has to fit into a packet. */
const MAX_SKIPPED_STREAMS = 200;

export class RetransmissionQueue {
  readonly #sendQueue: SendQueue;
  readonly #counters: SctpCounters;
  readonly #congestion: CongestionControl;
  readonly #timeout = new RetransmissionTimeout();
  readonly #maxPayload: number;
  readonly #canAbandon: boolean;
  /** One entry per TSN from the cumulative one on. */
  readonly #sent = new Fifo<SentChunk>();
  #cumulativeTsn: number;
  #nextTsn: number;
  #peerWindow: number;
  /** Bytes of chunks in flight, headers included. */
  #inFlight = 0;
  #lost = 0;
  /** No chunk before this TSN is lost. */
  #firstLost = Infinity;
  /** Until the cumulative TSN reaches this, losses belong to the same event. */
  #recoveryEnd: number | undefined;
  /** The first packet of a fast retransmission goes out whatever the window. */
  #ignoreWindow = false;
  #forwardDue = false;
  #deadline = Infinity;
  #sample: { tsn: number; sentAt: number } | undefined;

  /** @param chunkSpace bytes that a packet has for chunks */
  constructor(
    parameters: AssociationParameters,
    sendQueue: SendQueue,
    counters: SctpCounters,
    chunkSpace: number,
  ) {
    this.#sendQueue = sendQueue;
    this.#counters = counters;
    this.#congestion = new CongestionControl(chunkSpace);
    this.#maxPayload = (chunkSpace & ~3) - DATA_HEADER_LENGTH;
    this.#canAbandon = parameters.forwardTsn;
    this.#nextTsn = parameters.localInitialTsn;
    this.#cumulativeTsn = this.#nextTsn - 1;
    this.#peerWindow = parameters.peerWindow;
  }

  /** T3-rtx. */
  get deadline(): number {
    return this.#deadline;
  }

  /** The current retransmission timeout, in milliseconds. */
  get timeout(): number {
    return this.#timeout.value;
  }

  /** Nothing waits for an acknowledgement. */
  get isEmpty(): boolean {
    return this.#sent.length === 0;
  }

  get lastTsn(): number {
    return this.#nextTsn - 1;
  }

  observeRoundTrip(milliseconds: number): void {
    this.#timeout.observe(milliseconds);
  }

  /** False when the SACK acknowledges what was never sent. An old one is ignored. */
  handleSack(sack: Sack, now: number): boolean {
    const cumulative = unwrap32(sack.cumulativeTsn, this.#cumulativeTsn);
    if (cumulative + (sack.gaps.at(-1) ?? 0) >= this.#nextTsn) return false;
    if (cumulative < this.#cumulativeTsn) return true;
    const inFlightBefore = this.#inFlight;
    const advanced = cumulative > this.#cumulativeTsn;
    this.#shift(cumulative, now);
    const highestNew = this.#acknowledgeGaps(sack.gaps, now);
    const acked = inFlightBefore - this.#inFlight;
    if (this.#recoveryEnd !== undefined && cumulative >= this.#recoveryEnd) this.#recoveryEnd = undefined;
    if (advanced && this.#recoveryEnd === undefined) this.#congestion.onAcknowledged(acked, inFlightBefore);
    if (sack.gaps.length > 0) {
      // In recovery every SACK that moves the cumulative TSN reports all gaps anew (section 7.2.4).
      const reportedUpTo =
        advanced && this.#recoveryEnd !== undefined ? cumulative + sack.gaps.at(-1)! : highestNew;
      this.#countMissing(reportedUpTo, now);
    }
    this.#peerWindow = Math.max(0, sack.window - this.#inFlight);
    if (advanced) this.#timeout.endBackOff();
    if (this.isEmpty) this.#deadline = Infinity;
    else if (advanced) this.#deadline = now + this.#timeout.value;
    this.#forwardDue = this.#sent.at(0)?.state === 'abandoned';
    return true;
  }

  /** T3-rtx expired (section 6.3.3): all in flight counts as lost. */
  handleTimeout(now: number): void {
    this.#timeout.backOff();
    this.#congestion.onTimeout();
    this.#recoveryEnd = undefined;
    this.#ignoreWindow = false;
    this.#sample = undefined;
    this.#deadline = now + this.#timeout.value;
    for (let index = 0; index < this.#sent.length; index++) {
      const chunk = this.#sent.at(index)!;
      if (chunk.state === 'in-flight') this.#markLost(chunk, now);
    }
    this.#forwardDue = this.#sent.at(0)?.state === 'abandoned';
    if (this.#lost === 0 && !this.#forwardDue) this.#unacknowledge();
  }

  /** The size of the DATA chunk to be sent next, padding included; 0 when there is none or it may not go out. */
  nextChunkSize(now: number): number {
    const lost = this.#nextLost(now);
    if (lost) return this.#windowIsOpen ? chunkSize(lost.length) : 0;
    const message = this.#sendQueue.peek(now);
    if (!message || !this.#windowIsOpen) return 0;
    const length = Math.min(message.payload.length - message.cut, this.#maxPayload);
    // With nothing in flight one chunk may go against a closed window, to find out whether it opened (section 6.1 A).
    return length <= this.#peerWindow || this.#inFlight === 0 ? chunkSize(length) : 0;
  }

  /** Writes DATA chunks from `offset` until `limit`; returns the offset behind them. */
  write(out: Uint8Array, offset: number, limit: number, now: number): number {
    let at = offset;
    for (;;) {
      const size = this.nextChunkSize(now);
      if (size === 0 || at + size > limit) break;
      if (this.#inFlight === 0) this.#congestion.onIdleEnd(now, this.#timeout.value);
      at = this.#writeChunk(out, at, this.#nextLost(now) ?? this.#cutNext(now), now);
    }
    if (at > offset) {
      this.#ignoreWindow = false;
      this.#congestion.onSent(now);
    }
    return at;
  }

  /** The FORWARD TSN to send now, if one is due. */
  takeForwardTsn(): ForwardTsn | undefined {
    if (!this.#forwardDue) return undefined;
    this.#forwardDue = false;
    const skipped = new Map<number, number>();
    let tsn = this.#cumulativeTsn;
    for (let index = 0; index < this.#sent.length && skipped.size < MAX_SKIPPED_STREAMS; index++) {
      const { state, message } = this.#sent.at(index)!;
      if (state !== 'abandoned') break;
      tsn++;
      if (!message.unordered) skipped.set(message.stream.id, message.ssn & 0xffff);
    }
    return {
      cumulativeTsn: tsn >>> 0,
      skipped: [...skipped].map(([streamId, ssn]) => ({ streamId, ssn })),
    };
  }

  get #windowIsOpen(): boolean {
    return this.#inFlight < this.#congestion.window || this.#ignoreWindow;
  }

  #cutNext(now: number): SentChunk {
    const message = this.#sendQueue.peek(now)!;
    const offset = message.cut;
    const length = Math.min(message.payload.length - offset, this.#maxPayload);
    this.#sendQueue.cut(message, length);
    this.#peerWindow = Math.max(0, this.#peerWindow - length);
    return this.#append(message, offset, length, message.cut === message.payload.length);
  }

  #append(message: OutgoingMessage, offset: number, length: number, end: boolean): SentChunk {
    const chunk: SentChunk = {
      tsn: this.#nextTsn++,
      message,
      offset,
      length,
      end,
      state: 'unsent',
      transmissions: 0,
      missing: 0,
      fastRetransmitted: false,
    };
    this.#sent.push(chunk);
    return chunk;
  }

  #writeChunk(out: Uint8Array, offset: number, chunk: SentChunk, now: number): number {
    const { tsn, message, length } = chunk;
    if (chunk.state === 'lost') {
      this.#lost--;
      this.#counters.retransmissions++;
      if (this.#sample?.tsn === tsn) this.#sample = undefined;
    } else {
      this.#sample ??= { tsn, sentAt: now };
    }
    chunk.state = 'in-flight';
    chunk.transmissions++;
    chunk.missing = 0;
    this.#inFlight += chunkSize(length);
    // T3-rtx runs while anything is in flight; sending the earliest again starts it again (section 6.3.2).
    if (this.#deadline === Infinity || (chunk === this.#sent.at(0) && chunk.transmissions > 1)) {
      this.#deadline = now + this.#timeout.value;
    }
    return writeDataChunk(out, offset, {
      tsn: tsn >>> 0,
      streamId: message.stream.id,
      ssn: message.unordered ? 0 : message.ssn & 0xffff,
      ppid: message.ppid,
      begin: chunk.offset === 0,
      end: chunk.end,
      unordered: message.unordered,
      immediate: false,
      payload: message.payload.subarray(chunk.offset, chunk.offset + length),
    });
  }

  /** The first lost chunk that is still worth sending. */
  #nextLost(now: number): SentChunk | undefined {
    while (this.#lost > 0) {
      const chunk = this.#sent.at(this.#firstLost - this.#cumulativeTsn - 1);
      if (!chunk) break;
      if (chunk.state !== 'lost') this.#firstLost++;
      else if (this.#mayAbandon(chunk, now)) this.#abandon(chunk);
      else return chunk;
    }
    return undefined;
  }

  /** Everything up to `cumulative` arrived or was given up by both. */
  #shift(cumulative: number, now: number): void {
    while (this.#cumulativeTsn < cumulative) {
      const chunk = this.#sent.shift();
      if (!chunk) return;
      this.#cumulativeTsn = chunk.tsn;
      if (chunk.state !== 'abandoned') this.#acknowledge(chunk, now);
      if (chunk.end) this.#sendQueue.release(chunk.message);
    }
    this.#firstLost = Math.max(this.#firstLost, this.#cumulativeTsn + 1);
  }

  /** Returns the highest TSN that was not acknowledged before, or -Infinity. */
  #acknowledgeGaps(gaps: readonly number[], now: number): number {
    let highest = -Infinity;
    for (let block = 0; block < gaps.length; block += 2) {
      for (let ahead = gaps[block]!; ahead <= gaps[block + 1]!; ahead++) {
        const chunk = this.#sent.at(ahead - 1);
        if (chunk?.state !== 'in-flight' && chunk?.state !== 'lost') continue;
        this.#acknowledge(chunk, now);
        highest = chunk.tsn;
      }
    }
    return highest;
  }

  #acknowledge(chunk: SentChunk, now: number): void {
    if (chunk.state === 'in-flight') this.#inFlight -= chunkSize(chunk.length);
    else if (chunk.state === 'lost') this.#lost--;
    chunk.state = 'acknowledged';
    if (this.#sample?.tsn !== chunk.tsn) return;
    this.#timeout.observe(now - this.#sample.sentAt);
    this.#sample = undefined;
  }

  /** A missing report for every chunk in flight below `highest`; the third makes it lost. */
  #countMissing(highest: number, now: number): void {
    let found = false;
    for (let index = 0; index < this.#sent.length; index++) {
      const chunk = this.#sent.at(index)!;
      if (chunk.tsn >= highest) break;
      if (chunk.state !== 'in-flight' || chunk.fastRetransmitted) continue;
      if (++chunk.missing < MISSING_REPORTS) continue;
      chunk.fastRetransmitted = true;
      found = true;
      this.#markLost(chunk, now);
    }
    if (!found || this.#recoveryEnd !== undefined) return;
    this.#recoveryEnd = this.lastTsn;
    this.#ignoreWindow = true;
    this.#congestion.onFastRetransmit();
  }

  #markLost(chunk: SentChunk, now: number): void {
    this.#inFlight -= chunkSize(chunk.length);
    chunk.state = 'lost';
    this.#lost++;
    this.#firstLost = Math.min(this.#firstLost, chunk.tsn);
    if (this.#mayAbandon(chunk, now)) this.#abandon(chunk);
  }

  #mayAbandon({ message, transmissions }: SentChunk, now: number): boolean {
    return this.#canAbandon && (transmissions > message.maxRetransmits || now >= message.expiresAt);
  }

  /** Gives up the message of `chunk` with all its fragments (RFC 3758 section 3.5). */
  #abandon({ tsn, message }: SentChunk): void {
    if (message.abandoned) return;
    message.abandoned = true;
    this.#counters.messagesAbandoned++;
    // The receiver may have all that was sent, so skipping that would say nothing: one TSN more stands for the rest.
    if (this.#sendQueue.dropRest(message)) this.#append(message, message.payload.length, 0, true);
    const index = tsn - this.#cumulativeTsn - 1;
    for (let at = index; this.#sent.at(at)?.message === message; at++) this.#abandonChunk(this.#sent.at(at)!);
    for (let at = index - 1; at >= 0 && this.#sent.at(at)!.message === message; at--) {
      this.#abandonChunk(this.#sent.at(at)!);
    }
    this.#forwardDue = this.#sent.at(0)?.state === 'abandoned';
  }

  #abandonChunk(chunk: SentChunk): void {
    if (chunk.state === 'in-flight') this.#inFlight -= chunkSize(chunk.length);
    else if (chunk.state === 'lost') this.#lost--;
    chunk.state = 'abandoned';
  }

  /** The peer forgot what it had reported above a gap (section 6.2): send it again. */
  #unacknowledge(): void {
    for (let index = 0; index < this.#sent.length; index++) {
      const chunk = this.#sent.at(index)!;
      if (chunk.state !== 'acknowledged') continue;
      chunk.state = 'lost';
      this.#lost++;
      this.#firstLost = Math.min(this.#firstLost, chunk.tsn);
    }
  }
}

function chunkSize(payloadLength: number): number {
  return padded(DATA_HEADER_LENGTH + payloadLength);
}
