import type { DataChunk } from './data-chunk.js';
import { Fifo } from './fifo.js';
import type { SkippedStream } from './forward-tsn-chunk.js';
import { unwrap16 } from './tsn.js';

/** Puts fragments together and messages in order (RFC 9260 sections 6.5, 6.6 and 6.9). */

export interface InboundMessage {
  readonly streamId: number;
  readonly ppid: number;
  readonly payload: Uint8Array;
}

/** Fragments with consecutive TSNs of one message of which others are missing. */
interface PartialMessage {
  readonly streamId: number;
  readonly ppid: number;
  readonly ssn: number;
  readonly unordered: boolean;
  firstTsn: number;
  lastTsn: number;
  hasBegin: boolean;
  hasEnd: boolean;
  fragments: Uint8Array[];
  length: number;
}

interface InboundStream {
  nextSsn: number;
  /** Whole messages that wait for an earlier one, by SSN. */
  readonly waiting: Map<number, InboundMessage>;
}

/** Charged for each fragment or message held, so that a peer that sends single bytes fills the window too. */
const HOLDING_COST = 64;

export class Reassembly {
  readonly #maxMessageSize: number;
  readonly #streams = new Map<number, InboundStream>();
  readonly #byFirstTsn = new Map<number, PartialMessage>();
  readonly #byLastTsn = new Map<number, PartialMessage>();
  readonly #ready = new Fifo<InboundMessage>();
  #heldBytes = 0;

  constructor(maxMessageSize: number) {
    this.#maxMessageSize = maxMessageSize;
  }

  /** Bytes that fragments and messages waiting for others take. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Copies the payload. False when the peer broke the rules: a message too large, or one that contradicts itself. */
  add(tsn: number, data: DataChunk): boolean {
    if (data.payload.length > this.#maxMessageSize) return false;
    const payload = data.payload.slice();
    const ssn = data.unordered ? 0 : unwrap16(data.ssn, this.#stream(data.streamId).nextSsn);
    const { streamId, ppid, unordered, begin, end } = data;
    if (begin && end) {
      this.#complete({ streamId, ppid, payload }, ssn, unordered);
      return true;
    }
    const message: PartialMessage = {
      streamId,
      ppid,
      ssn,
      unordered,
      firstTsn: tsn,
      lastTsn: tsn,
      hasBegin: begin,
      hasEnd: end,
      fragments: [payload],
      length: payload.length,
    };
    this.#heldBytes += costOf(message);
    return this.#merge(message);
  }

  /** The next message ready for the application. */
  next(): InboundMessage | undefined {
    return this.#ready.shift();
  }

  /**
   * The peer gave up on everything up to `tsn`, of these streams on all messages up to these SSNs (RFC 3758
   * section 3.6). Whole messages that arrived are delivered nevertheless.
   */
  forward(tsn: number, skipped: readonly SkippedStream[]): void {
    const lastSkipped = new Map<number, number>();
    for (const { streamId, ssn } of skipped) {
      lastSkipped.set(streamId, unwrap16(ssn, this.#stream(streamId).nextSsn));
    }
    for (const message of this.#byFirstTsn.values()) {
      const given = message.unordered ? undefined : lastSkipped.get(message.streamId);
      if (message.lastTsn <= tsn || (given !== undefined && message.ssn <= given)) this.#discard(message);
    }
    for (const [streamId, ssn] of lastSkipped) {
      const stream = this.#stream(streamId);
      if (ssn < stream.nextSsn) continue;
      const whole = [...stream.waiting.keys()].filter((waiting) => waiting <= ssn).sort((a, b) => a - b);
      for (const waiting of whole) this.#release(stream, waiting);
      stream.nextSsn = ssn + 1;
      this.#releaseInOrder(stream);
    }
  }

  /** The peer starts the SSNs of these streams anew (RFC 6525); undefined means all streams. */
  reset(streamIds: readonly number[] | undefined): void {
    const affected = new Set(streamIds ?? this.#streams.keys());
    for (const message of this.#byFirstTsn.values()) {
      if (affected.has(message.streamId)) this.#discard(message);
    }
    for (const streamId of affected) {
      for (const message of this.#streams.get(streamId)?.waiting.values() ?? []) {
        this.#heldBytes -= HOLDING_COST + message.payload.length;
      }
      this.#streams.delete(streamId);
    }
  }

  /** Joins `message` with the neighbours it continues. */
  #merge(message: PartialMessage): boolean {
    let merged = message;
    const left = this.#byLastTsn.get(message.firstTsn - 1);
    if (left && message.hasBegin && !left.hasEnd) {
      // What would have continued `left` is the start of another message: its sender gave it up.
      this.#discard(left);
    } else if (left && !message.hasBegin && !left.hasEnd) {
      if (!isSameMessage(left, message)) return false;
      this.#remove(left);
      merged = concatenate(left, message);
    }
    const right = this.#byFirstTsn.get(message.lastTsn + 1);
    if (right && !message.hasEnd && !right.hasBegin) {
      if (!isSameMessage(right, message)) return false;
      this.#remove(right);
      merged = concatenate(merged, right);
    }
    if (merged.length > this.#maxMessageSize) return false;
    if (!merged.hasBegin || !merged.hasEnd) {
      this.#byFirstTsn.set(merged.firstTsn, merged);
      this.#byLastTsn.set(merged.lastTsn, merged);
      return true;
    }
    this.#heldBytes -= costOf(merged);
    const { streamId, ppid } = merged;
    const payload = join(merged.fragments, merged.length);
    this.#complete({ streamId, ppid, payload }, merged.ssn, merged.unordered);
    return true;
  }

  #complete(message: InboundMessage, ssn: number, unordered: boolean): void {
    if (unordered) {
      this.#ready.push(message);
      return;
    }
    const stream = this.#stream(message.streamId);
    if (ssn === stream.nextSsn) {
      this.#ready.push(message);
      stream.nextSsn++;
      if (stream.waiting.size > 0) this.#releaseInOrder(stream);
    } else if (ssn > stream.nextSsn && !stream.waiting.has(ssn)) {
      stream.waiting.set(ssn, message);
      this.#heldBytes += HOLDING_COST + message.payload.length;
    }
  }

  #releaseInOrder(stream: InboundStream): void {
    while (this.#release(stream, stream.nextSsn)) stream.nextSsn++;
  }

  #release(stream: InboundStream, ssn: number): boolean {
    const message = stream.waiting.get(ssn);
    if (!message) return false;
    stream.waiting.delete(ssn);
    this.#heldBytes -= HOLDING_COST + message.payload.length;
    this.#ready.push(message);
    return true;
  }

  #discard(message: PartialMessage): void {
    this.#remove(message);
    this.#heldBytes -= costOf(message);
  }

  #remove(message: PartialMessage): void {
    this.#byFirstTsn.delete(message.firstTsn);
    this.#byLastTsn.delete(message.lastTsn);
  }

  #stream(streamId: number): InboundStream {
    let stream = this.#streams.get(streamId);
    if (!stream) {
      stream = { nextSsn: 0, waiting: new Map() };
      this.#streams.set(streamId, stream);
    }
    return stream;
  }
}

function costOf(message: PartialMessage): number {
  return HOLDING_COST * message.fragments.length + message.length;
}

function isSameMessage(a: PartialMessage, b: PartialMessage): boolean {
  return a.streamId === b.streamId && a.unordered === b.unordered && a.ssn === b.ssn;
}

/** The fragments of `b` behind those of `a`, or before: into the longer list, so that each fragment moves seldom. */
function concatenate(a: PartialMessage, b: PartialMessage): PartialMessage {
  if (a.fragments.length >= b.fragments.length) {
    for (const fragment of b.fragments) a.fragments.push(fragment);
  } else {
    b.fragments.unshift(...a.fragments);
    a.fragments = b.fragments;
  }
  a.lastTsn = b.lastTsn;
  a.hasEnd = b.hasEnd;
  a.length += b.length;
  return a;
}

function join(fragments: readonly Uint8Array[], length: number): Uint8Array {
  const payload = new Uint8Array(length);
  let at = 0;
  for (const fragment of fragments) {
    payload.set(fragment, at);
    at += fragment.length;
  }
  return payload;
}
