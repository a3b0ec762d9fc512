import type { PacketPool } from './encoding.js';

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

  keep(): void {
    this.#count += 1;
  }

  release(slot: number): void {
    this.#count -= 1;
    this.#memory.release(slot);
  }
}
