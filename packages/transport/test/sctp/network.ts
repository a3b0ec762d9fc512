import { verificationTagOf } from '../../src/sctp/packet.js';
import { SctpAssociation } from '../../src/sctp/index.js';
import type { DataChannel, SctpCloseReason, SctpObserver, SctpOptions } from '../../src/sctp/index.js';

/** A simulated network between two associations: seeded, with a clock of its own. */

export interface NetworkOptions {
  seed?: number;
  /** Probabilities, 0 to 1. */
  loss?: number;
  duplication?: number;
  /** One way, in milliseconds. */
  delay?: number;
  /** A packet takes up to this many milliseconds longer, and so may be overtaken. */
  jitter?: number;
  /** Called for each packet sent; false loses it. */
  filter?: (packet: Uint8Array, from: Peer) => boolean;
  /** Keep all packets sent in `packets`. */
  record?: boolean;
}

export interface ReceivedMessage {
  channel: DataChannel;
  payload: Uint8Array;
  binary: boolean;
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One end: an association and what its observer heard. */
export class Peer implements SctpObserver {
  readonly association: SctpAssociation;
  readonly opened: DataChannel[] = [];
  readonly closed: DataChannel[] = [];
  readonly messages: ReceivedMessage[] = [];
  readonly low: DataChannel[] = [];
  connectedCount = 0;
  closeReason: SctpCloseReason | undefined;
  /** Called after the observation was noted. */
  onMessageHook: ((message: ReceivedMessage) => void) | undefined;
  onLowHook: ((channel: DataChannel) => void) | undefined;

  constructor(options: Omit<SctpOptions, 'observer'>) {
    this.association = new SctpAssociation({ ...options, observer: this });
  }

  onConnected(): void {
    this.connectedCount++;
  }
  onClosed(reason: SctpCloseReason): void {
    this.closeReason = reason;
  }
  onChannelOpen(channel: DataChannel): void {
    this.opened.push(channel);
  }
  onMessage(channel: DataChannel, payload: Uint8Array, binary: boolean): void {
    this.messages.push({ channel, payload, binary });
    this.onMessageHook?.({ channel, payload, binary });
  }
  onChannelClosed(channel: DataChannel): void {
    this.closed.push(channel);
  }
  onBufferedLow(channel: DataChannel): void {
    this.low.push(channel);
    this.onLowHook?.(channel);
  }
}

interface Flight {
  at: number;
  order: number;
  to: Peer;
  packet: Uint8Array;
}

export class Network {
  now = 1000;
  readonly client: Peer;
  readonly server: Peer;
  /** May be changed while it runs. */
  options: NetworkOptions;
  /** What was sent, when recording. */
  readonly packets: Uint8Array[] = [];
  /** The verification tag on the last packet that the client sent. */
  clientTag = 0;
  readonly #random: () => number;
  #flights: Flight[] = [];
  #order = 0;

  constructor(
    options: NetworkOptions = {},
    client: Partial<SctpOptions> = {},
    server: Partial<SctpOptions> = {},
  ) {
    this.options = options;
    this.#random = seededRandom(options.seed ?? 1);
    this.client = new Peer({ initiate: true, random: this.uint32, ...client });
    this.server = new Peer({ initiate: false, random: this.uint32, ...server });
  }

  readonly uint32 = (): number => Math.floor(this.#random() * 2 ** 32);

  /** Connects both ends and runs until they are connected. */
  connect(): this {
    this.client.association.connect(this.now);
    this.server.association.connect(this.now);
    this.runUntil(() => this.client.connectedCount > 0 && this.server.connectedCount > 0);
    return this;
  }

  /** Runs for so many milliseconds of simulated time. */
  run(milliseconds: number): void {
    const end = this.now + milliseconds;
    this.#pump();
    while (this.#next() <= end) this.#step();
    this.now = end;
  }

  /** Runs until `done` or an end of time that no test should reach; returns the milliseconds it took. */
  runUntil(done: () => boolean, limit = 600_000): number {
    const start = this.now;
    this.#pump();
    while (!done()) {
      const next = this.#next();
      if (next > start + limit)
        throw new Error(`Not done after ${this.now - start} ms, next event at ${next}`);
      this.#step();
    }
    return this.now - start;
  }

  #next(): number {
    return Math.min(
      this.#flights[0]?.at ?? Infinity,
      this.client.association.deadline,
      this.server.association.deadline,
    );
  }

  #step(): void {
    this.now = Math.max(this.now, this.#next());
    while (this.#flights[0] && this.#flights[0].at <= this.now) {
      const { to, packet } = this.#flights.shift()!;
      to.association.receive(packet, this.now);
      this.#pump();
    }
    for (const { association } of [this.client, this.server]) {
      if (association.deadline <= this.now) association.handleTimeout(this.now);
    }
    this.#pump();
  }

  #pump(): void {
    const out = new Uint8Array(1180);
    for (const peer of [this.client, this.server]) {
      for (;;) {
        const length = peer.association.poll(out, this.now);
        if (length === 0) break;
        this.#send(peer, out.slice(0, length));
      }
    }
  }

  #send(from: Peer, packet: Uint8Array): void {
    if (from === this.client) this.clientTag = verificationTagOf(packet);
    if (this.options.record) this.packets.push(packet);
    if (this.options.filter && !this.options.filter(packet, from)) return;
    const { loss = 0, duplication = 0, delay = 10, jitter = 0 } = this.options;
    const to = from === this.client ? this.server : this.client;
    const copies = 1 + (this.#random() < duplication ? 1 : 0);
    for (let copy = 0; copy < copies; copy++) {
      if (this.#random() < loss) continue;
      this.#enqueue({ at: this.now + delay + this.#random() * jitter, order: this.#order++, to, packet });
    }
  }

  #enqueue(flight: Flight): void {
    let low = 0;
    let high = this.#flights.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#flights[middle]!;
      if (other.at < flight.at || (other.at === flight.at && other.order < flight.order)) low = middle + 1;
      else high = middle;
    }
    this.#flights.splice(low, 0, flight);
  }
}

/** `length` bytes that tell `seed` and position apart. */
export function pattern(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++)
    bytes[index] = (index * 31 + (index >>> 8) * 7 + seed * 101) & 0xff;
  return bytes;
}
