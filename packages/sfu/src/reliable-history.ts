/** A reliable packet that was sent, and to whom. */
interface SentPacket {
  /** The sender's number of it. */
  sequence: number;
  payload: Uint8Array;
  /** Identities; empty means everybody. */
  destinations: readonly string[];
  at: number;
}

/** Milliseconds: less than the 30 s for which clients remember what they have received. */
const MAX_AGE = 20_000;
const MAX_PACKETS = 1000;
const MAX_BYTES = 1 << 20;

/** The latest reliable packets of one sender, for those who come back from an interruption and may have missed some. */
export class ReliableHistory {
  readonly #packets: SentPacket[] = [];
  #bytes = 0;

  add(sequence: number, payload: Uint8Array, destinations: readonly string[], now: number): void {
    this.#packets.push({ sequence, payload, destinations, at: now });
    this.#bytes += payload.length;
    while (this.#packets.length > MAX_PACKETS || this.#bytes > MAX_BYTES) this.#removeOldest();
    this.prune(now);
  }

  /** Packets to a receiver that come after the last one it knows of, in their order. */
  *after(sequence: number, identity: string): Generator<Uint8Array> {
    for (const packet of this.#packets) {
      const isReceiver = packet.destinations.length === 0 || packet.destinations.includes(identity);
      if (packet.sequence > sequence && isReceiver) yield packet.payload;
    }
  }

  /** When the oldest packet is too old; Infinity where none is kept. */
  get deadline(): number {
    const [oldest] = this.#packets;
    return oldest === undefined ? Infinity : oldest.at + MAX_AGE;
  }

  /** Forgets what is too old to be sent again. */
  prune(now: number): void {
    for (let oldest = this.#packets[0]; oldest && now - oldest.at >= MAX_AGE; oldest = this.#packets[0])
      this.#removeOldest();
  }

  #removeOldest(): void {
    this.#bytes -= this.#packets.shift()?.payload.length ?? 0;
  }
}
