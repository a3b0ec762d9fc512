import type { SctpCounters } from './sctp-metrics.js';
import { Fifo } from './fifo.js';

/** Messages that wait to be sent, and whose turn it is: streams take turns, message by message. */

/** A message on its way, from `send` until the peer has all of it or it is given up. */
export interface OutgoingMessage {
  readonly stream: OutgoingStream;
  readonly ppid: number;
  readonly payload: Uint8Array;
  readonly unordered: boolean;
  /** How often a fragment may be sent again; Infinity when there is no limit. */
  readonly maxRetransmits: number;
  /** Milliseconds from the moment it was queued. */
  readonly lifetime: number;
  /** When it is of no more use; known once the time is. */
  expiresAt: number;
  /** Given when its first fragment is sent. */
  ssn: number;
  /** Bytes cut into fragments so far. */
  cut: number;
  abandoned: boolean;
}

export interface OutgoingStream {
  readonly id: number;
  readonly queue: Fifo<OutgoingMessage>;
  nextSsn: number;
  /** Bytes queued or sent, and not yet acknowledged. */
  bufferedBytes: number;
  /** Messages of which that is so. */
  pendingMessages: number;
}

export interface SendOptions {
  readonly ppid: number;
  readonly unordered?: boolean;
  readonly maxRetransmits?: number | undefined;
  readonly maxPacketLifeTime?: number | undefined;
}

/** Charged for each message, so that many empty ones reach the limit too. */
const MESSAGE_COST = 64;

export class SendQueue {
  readonly #limit: number;
  readonly #counters: SctpCounters;
  readonly #streams = new Map<number, OutgoingStream>();
  /** Streams with something to send; the first one's turn lasts until its message is cut up. */
  readonly #turns = new Fifo<OutgoingStream>();
  /** Messages with a lifetime that were queued since the time was last told. */
  #unstamped: OutgoingMessage[] = [];
  #cost = 0;

  /** @param limit bytes that may be buffered over all streams */
  constructor(limit: number, counters: SctpCounters) {
    this.#limit = limit;
    this.#counters = counters;
  }

  /** What is queued or unacknowledged costs less than half of the limit. */
  get hasRoom(): boolean {
    return this.#cost <= this.#limit / 2;
  }

  get isEmpty(): boolean {
    return this.#cost === 0;
  }

  stream(id: number): OutgoingStream {
    let stream = this.#streams.get(id);
    if (!stream) {
      stream = { id, queue: new Fifo(), nextSsn: 0, bufferedBytes: 0, pendingMessages: 0 };
      this.#streams.set(id, stream);
    }
    return stream;
  }

  /** Forgets a stream on which nothing is pending: its SSNs start anew. */
  removeStream(id: number): void {
    this.#streams.delete(id);
  }

  /** Forgets everything. */
  clear(): void {
    this.#streams.clear();
    this.#turns.clear();
    this.#unstamped = [];
    this.#cost = 0;
  }

  /** False when there is no room. Keeps `payload`. Control messages (`force`) are always taken. */
  push(stream: OutgoingStream, payload: Uint8Array, options: SendOptions, force = false): boolean {
    const cost = MESSAGE_COST + payload.length;
    if (!force && this.#cost + cost > this.#limit) return false;
    const message: OutgoingMessage = {
      stream,
      ppid: options.ppid,
      payload,
      unordered: options.unordered ?? false,
      maxRetransmits: options.maxRetransmits ?? Infinity,
      lifetime: options.maxPacketLifeTime ?? Infinity,
      expiresAt: Infinity,
      ssn: 0,
      cut: 0,
      abandoned: false,
    };
    if (message.lifetime !== Infinity) this.#unstamped.push(message);
    this.#cost += cost;
    stream.bufferedBytes += payload.length;
    stream.pendingMessages++;
    stream.queue.push(message);
    if (stream.queue.length === 1) this.#turns.push(stream);
    return true;
  }

  /** Tells the time: lifetimes of messages queued since the last call start here. */
  stamp(now: number): void {
    if (this.#unstamped.length === 0) return;
    for (const message of this.#unstamped) message.expiresAt = now + message.lifetime;
    this.#unstamped = [];
  }

  /** The message of which to send the next fragment. Expired messages nothing was sent of are dropped on the way. */
  peek(now: number): OutgoingMessage | undefined {
    for (;;) {
      const message = this.#turns.at(0)?.queue.at(0);
      if (!message) return undefined;
      if (message.cut > 0 || now < message.expiresAt) return message;
      this.#counters.messagesAbandoned++;
      this.#endTurn();
      this.release(message);
    }
  }

  /** The next `length` bytes of the peeked message are sent. */
  cut(message: OutgoingMessage, length: number): void {
    if (message.cut === 0 && !message.unordered) message.ssn = message.stream.nextSsn++;
    message.cut += length;
    if (message.cut === message.payload.length) this.#endTurn();
  }

  /** Gives up the rest of a message of which a part was sent; false when there is no rest. */
  dropRest(message: OutgoingMessage): boolean {
    if (message.cut === message.payload.length) return false;
    message.cut = message.payload.length;
    this.#endTurn();
    return true;
  }

  /** A message is over: acknowledged, or given up and the peer knows. */
  release(message: OutgoingMessage): void {
    const { stream, payload } = message;
    this.#cost -= MESSAGE_COST + payload.length;
    stream.bufferedBytes -= payload.length;
    stream.pendingMessages--;
  }

  #endTurn(): void {
    const stream = this.#turns.shift();
    stream?.queue.shift();
    if (stream && stream.queue.length > 0) this.#turns.push(stream);
  }
}
