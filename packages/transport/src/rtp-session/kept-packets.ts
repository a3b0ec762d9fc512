/** Memory of received packets that streams share: the wire's pool. */
export interface PacketPool {
  readonly pool: Uint8Array;
  /** No further packet may be kept at present. */
  readonly full: boolean;
  /** Packets should be kept no longer than they may be asked for again. */
  readonly scarce: boolean;
  /** One more packet is kept, until `release`. */
  keep(): void;
  release(slot: number): void;
}

/** The part of a `Wire` that packets are kept in; tests give plain arrays. */
export interface SlotMemory {
  readonly pool: Uint8Array;
  release(slot: number): void;
}

/**
 * The packets that histories keep in the wire's pool, of all transports: never so many that there is no slot left to
 * receive into, whatever some publishers send.
 */
export class KeptPackets implements PacketPool {
  readonly pool: Uint8Array;
  readonly #memory: SlotMemory;
  readonly #limit: number;
  #count = 0;

  constructor(memory: SlotMemory, limit: number) {
    this.pool = memory.pool;
    this.#memory = memory;
    this.#limit = limit;
  }

  get full(): boolean {
    return this.#count >= this.#limit;
  }

  get scarce(): boolean {
    return this.#count >= this.#limit >> 1;
  }

  keep(): void {
    this.#count += 1;
  }

  release(slot: number): void {
    this.#count -= 1;
    this.#memory.release(slot);
  }
}
