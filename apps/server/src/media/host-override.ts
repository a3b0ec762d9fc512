import type { LookupAddress } from 'node:dns';

/** Resolves a name as the system does, to all its addresses; an address to itself. */
export type Lookup = (host: string) => Promise<LookupAddress[]>;

/** The addresses behind `media.host_override`: an address, or a name whose addresses may change. */
export class HostOverride {
  readonly #host: string;
  readonly #lookup: Lookup;
  #addresses: readonly string[] = [];

  constructor(host: string, lookup: Lookup) {
    this.#host = host;
    this.#lookup = lookup;
  }

  /** Those found last, IPv4 first; empty until `resolve` has succeeded once. */
  get addresses(): readonly string[] {
    return this.#addresses;
  }

  /**
   * Looks the addresses up; answers whether they are others than before, in whatever order they were told.
   *
   * Rejects when there are none to be found; those known stay.
   */
  async resolve(): Promise<boolean> {
    const found = await this.#lookup(this.#host).catch((error: unknown) => {
      throw new Error(`the name ${this.#host} in media.host_override cannot be resolved`, { cause: error });
    });
    const sorted = found.sort((a, b) => a.family - b.family || (a.address < b.address ? -1 : 1));
    const addresses = [...new Set(sorted.map(({ address }) => address))];
    if (addresses.join() === this.#addresses.join()) return false;
    this.#addresses = addresses;
    return true;
  }
}
