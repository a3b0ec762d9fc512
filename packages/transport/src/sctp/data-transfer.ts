import type { Chunk } from './chunks.js';
import type { SctpCounters } from './sctp-metrics.js';
import { parseDataChunk } from './data-chunk.js';
import { buildInvalidStreamError, ErrorCause } from './error-causes.js';
import { Fifo } from './fifo.js';
import { buildForwardTsn, parseForwardTsn } from './forward-tsn-chunk.js';
import { PACKET_HEADER_LENGTH } from './packet.js';
import { MAX_STREAMS } from './association-parameters.js';
import type { AssociationParameters } from './association-parameters.js';
import { Reassembly } from './reassembly.js';
import type { InboundMessage } from './reassembly.js';
import { ReceiveQueue } from './receive-queue.js';
import { parseReconfig } from './reconfig-chunk.js';
import { RetransmissionQueue } from './retransmission-queue.js';
import { parseSack, SACK_LENGTH, writeSack } from './sack-chunk.js';
import type { SendQueue } from './send-queue.js';
import { StreamReset } from './stream-reset.js';
import type { StreamResetObserver } from './stream-reset.js';

/** Data and its acknowledgement in both directions, from when the association is up. */

export interface DataTransferOptions {
  readonly parameters: AssociationParameters;
  readonly sendQueue: SendQueue;
  readonly counters: SctpCounters;
  /** Bytes of a packet. */
  readonly mtu: number;
  /** Bytes of data that may be held while earlier data is missing. */
  readonly receiveBuffer: number;
  readonly maxReceiveMessageSize: number;
  readonly observer: Omit<StreamResetObserver, 'onControl'>;
}

/** Control chunks that may wait for the next poll; a peer that provokes more at once gets no answer. */
const MAX_WAITING_CONTROL = 32;

export class DataTransfer {
  readonly parameters: AssociationParameters;
  readonly #options: DataTransferOptions;
  readonly #retransmission: RetransmissionQueue;
  readonly #receiveQueue: ReceiveQueue;
  readonly #reassembly: Reassembly;
  readonly #streamReset: StreamReset;
  readonly #control = new Fifo<Uint8Array>();
  /** Of the packet being dealt with: it brought something to acknowledge, and at once. */
  #sawData = false;
  #immediate = false;

  constructor(options: DataTransferOptions) {
    const { parameters, sendQueue, counters, mtu, observer } = options;
    this.parameters = parameters;
    this.#options = options;
    this.#retransmission = new RetransmissionQueue(
      parameters,
      sendQueue,
      counters,
      mtu - PACKET_HEADER_LENGTH,
    );
    this.#receiveQueue = new ReceiveQueue(parameters.peerInitialTsn);
    this.#reassembly = new Reassembly(options.maxReceiveMessageSize);
    this.#streamReset = new StreamReset(parameters, {
      onOutgoingReset: (streamIds) => observer.onOutgoingReset(streamIds),
      onIncomingReset: (streamIds) => {
        this.#reassembly.reset(streamIds);
        observer.onIncomingReset(streamIds);
      },
      onControl: (chunk) => this.sendControl(chunk),
    });
  }

  get deadline(): number {
    return Math.min(this.#retransmission.deadline, this.#receiveQueue.deadline, this.#streamReset.deadline);
  }

  /** The retransmission timeout, in milliseconds. */
  get timeout(): number {
    return this.#retransmission.timeout;
  }

  observeRoundTrip(milliseconds: number): void {
    this.#retransmission.observeRoundTrip(milliseconds);
  }

  /** Queues a chunk for the next packets. */
  sendControl(chunk: Uint8Array): void {
    if (this.#control.length < MAX_WAITING_CONTROL) this.#control.push(chunk);
  }

  /** Asks the peer to let the stream start anew; false when it cannot. */
  resetStream(streamId: number): boolean {
    if (!this.parameters.reconfig) return false;
    this.#streamReset.reset(streamId);
    return true;
  }

  /** Returns the cause to abort with when the peer broke the rules beyond repair. */
  handleData(chunk: Chunk): number | undefined {
    const data = parseDataChunk(chunk);
    const { counters, receiveBuffer } = this.#options;
    if (!data) {
      counters.malformed++;
      return undefined;
    }
    if (data.payload.length === 0) return ErrorCause.NoUserData;
    this.#sawData = true;
    this.#immediate ||= data.immediate;
    const tsn = this.#receiveQueue.unwrap(data.tsn);
    const isAhead = tsn > this.#receiveQueue.highestTsn;
    if (!this.#receiveQueue.accepts(tsn)) {
      if (isAhead) counters.unexpected++;
      else counters.duplicates++;
      return undefined;
    }
    if (this.#reassembly.heldBytes >= receiveBuffer && isAhead) {
      // No room: only what fills a gap is taken, and the peer hears of it.
      counters.unexpected++;
      this.#immediate = true;
      return undefined;
    }
    this.#receiveQueue.add(tsn);
    if (data.streamId >= MAX_STREAMS) {
      counters.unexpected++;
      this.sendControl(buildInvalidStreamError(data.streamId));
      return undefined;
    }
    return this.#reassembly.add(tsn, data) ? undefined : ErrorCause.ProtocolViolation;
  }

  /** The next message for the application. */
  nextMessage(): InboundMessage | undefined {
    return this.#reassembly.next();
  }

  handleSack(chunk: Chunk, now: number): void {
    const sack = parseSack(chunk);
    if (!sack || !this.#retransmission.handleSack(sack, now)) this.#options.counters.malformed++;
  }

  handleForwardTsn(chunk: Chunk): void {
    const forward = parseForwardTsn(chunk);
    if (!forward) {
      this.#options.counters.malformed++;
      return;
    }
    this.#sawData = true;
    const tsn = this.#receiveQueue.unwrap(forward.cumulativeTsn);
    const isNews = tsn > this.#receiveQueue.cumulativeTsn;
    this.#receiveQueue.forward(tsn);
    if (isNews) this.#reassembly.forward(tsn, forward.skipped);
  }

  handleReconfig(chunk: Chunk): void {
    const parameters = parseReconfig(chunk);
    if (!parameters) this.#options.counters.malformed++;
    else if (!this.#streamReset.handle(parameters, this.#tsnState())) this.#options.counters.unexpected++;
  }

  /** All chunks of a packet were dealt with. */
  endPacket(now: number): void {
    if (this.#sawData) this.#receiveQueue.onPacket(now, this.#immediate);
    this.#sawData = false;
    this.#immediate = false;
  }

  /** Returns how many timers expired for which the peer owes an answer. */
  handleTimeout(now: number): number {
    let expired = 0;
    if (now >= this.#retransmission.deadline) {
      this.#retransmission.handleTimeout(now);
      expired++;
    }
    if (now >= this.#streamReset.deadline) {
      this.#streamReset.handleTimeout();
      expired++;
    }
    return expired;
  }

  /** Writes chunks from `offset` until the MTU; returns the offset behind them. */
  write(out: Uint8Array, offset: number, now: number): number {
    const limit = this.#options.mtu;
    this.#options.sendQueue.stamp(now);
    this.#queueRequests(now);
    let at = this.#writeControl(out, offset, limit);
    at = this.#writeSack(out, at, limit, now);
    return this.#retransmission.write(out, at, limit, now);
  }

  #queueRequests(now: number): void {
    const forward = this.#retransmission.takeForwardTsn();
    if (forward) this.#control.push(buildForwardTsn(forward));
    const reset = this.#streamReset.takeRequest(now, this.timeout, this.#tsnState());
    if (reset) this.#control.push(reset);
  }

  #writeControl(out: Uint8Array, offset: number, limit: number): number {
    let at = offset;
    for (let chunk = this.#control.at(0); chunk; chunk = this.#control.at(0)) {
      if (at + chunk.length > limit) {
        if (at > offset) break;
        // It fits into no packet of ours.
        this.#control.shift();
        continue;
      }
      out.set(chunk, at);
      at += chunk.length;
      this.#control.shift();
    }
    return at;
  }

  /** A SACK that is due, or one that is not and rides along with data for nothing. */
  #writeSack(out: Uint8Array, offset: number, limit: number, now: number): number {
    const due = this.#receiveQueue.deadline;
    const room = limit - offset - SACK_LENGTH;
    if (due === Infinity || room < 0) return offset;
    if (due > now) {
      const dataSize = this.#retransmission.nextChunkSize(now);
      if (dataSize === 0 || dataSize > room) return offset;
    }
    const window = Math.max(0, this.#options.receiveBuffer - this.#reassembly.heldBytes);
    const { sack, duplicates } = this.#receiveQueue.takeSack(window);
    return writeSack(out, offset, limit, sack, duplicates);
  }

  #tsnState(): { lastSentTsn: number; cumulativeReceivedTsn: number } {
    return {
      lastSentTsn: this.#retransmission.lastTsn,
      cumulativeReceivedTsn: this.#receiveQueue.cumulativeTsn,
    };
  }
}
