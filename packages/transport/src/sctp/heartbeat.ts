import { readUint32, writeUint32 } from '@parley/rtp';
import { buildChunk, buildParameter, ChunkType, parseParameters } from './chunks.js';
import { initialTimeout } from './retransmission-timeout.js';

/** Asks a silent peer whether it is there, RFC 9260 section 8.3. */

/** HB.interval, RFC 9260 section 16, in milliseconds. */
const INTERVAL = 30_000;
const HEARTBEAT_INFO = 1;

export class Heartbeat {
  readonly #random: () => number;
  #deadline = Infinity;
  /** The heartbeat that was not answered yet. */
  #pending: { readonly nonce: number; readonly sentAt: number } | undefined;
  #missed = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  get deadline(): number {
    return this.#deadline;
  }

  /** Something came from the peer. */
  onReceived(now: number): void {
    this.#pending = undefined;
    this.#missed = 0;
    this.#deadline = now + INTERVAL;
  }

  /** The deadline came: returns the heartbeat to send, and whether the one before was not answered. */
  handleTimeout(now: number): { chunk: Uint8Array; missed: boolean } {
    const missed = this.#pending !== undefined;
    this.#pending = { nonce: this.#random(), sentAt: now };
    this.#deadline = now + initialTimeout(this.#missed++);
    const info = new Uint8Array(4);
    writeUint32(info, 0, this.#pending.nonce);
    return { chunk: buildChunk(ChunkType.Heartbeat, 0, buildParameter(HEARTBEAT_INFO, info)), missed };
  }

  /** The round trip in milliseconds, or undefined when this answers no heartbeat of ours. */
  handleAck(value: Uint8Array, now: number): number | undefined {
    const info = parseParameters(value, 0)?.[0]?.value;
    if (info?.length !== 4 || readUint32(info, 0) !== this.#pending?.nonce) return undefined;
    return now - this.#pending.sentAt;
  }
}
