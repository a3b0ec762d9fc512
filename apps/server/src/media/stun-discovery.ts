import { isIPv4 } from 'node:net';

/** Asks one STUN server from one local address; answers the external address, or rejects. */
export type StunQuery = (url: string, local: string) => Promise<string>;

/** How often the servers are asked again, in milliseconds. */
const INTERVAL = 300_000;

/**
 * The external addresses of this machine's IPv4 addresses, as STUN servers see them: those of a router that keeps ports,
 * one address behind another (1:1 NAT), as clouds have it. IPv6 addresses are not translated, so nobody is asked for them.
 */
export class StunDiscovery {
  readonly #servers: readonly string[];
  readonly #query: StunQuery;
  #found = new Map<string, string>();
  #askedAt = -Infinity;
  #askedFor = '';

  constructor(servers: readonly string[], query: StunQuery) {
    this.#servers = servers;
    this.#query = query;
  }

  /** The external address by local one, as far as one was found. */
  get found(): ReadonlyMap<string, string> {
    return this.#found;
  }

  /**
   * Asks all servers from every local address, the first answer counting, unless they were asked the same a short while
   * ago. What was known of an address that nobody answers any more stays.
   *
   * @returns whether an external address is known; without servers, or addresses to ask for, there is nothing to know.
   */
  async refresh(locals: readonly string[], now: number): Promise<boolean> {
    const asked =
      this.#servers.length > 0 ? locals.filter((local) => isIPv4(local) && !isLoopback(local)) : [];
    if (asked.length === 0) return true;
    if (now - this.#askedAt < INTERVAL && asked.join() === this.#askedFor) return this.#found.size > 0;
    this.#askedAt = now;
    this.#askedFor = asked.join();
    const answers = await Promise.allSettled(
      asked.map((local) => Promise.any(this.#servers.map((url) => this.#query(url, local)))),
    );
    const found = new Map<string, string>();
    asked.forEach((local, index) => {
      const answer = answers[index];
      const external = answer?.status === 'fulfilled' ? answer.value : this.#found.get(local);
      if (external !== undefined) found.set(local, external);
    });
    this.#found = found;
    return found.size > 0;
  }
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}
