import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { queryStun, type AdvertisedAddress } from '@parley/node/main-thread';
import { listensOnLoopback } from '../config/schema.js';
import type { Config } from '../config/schema.js';
import { advertisedAddresses } from './advertised-addresses.js';
import type { Interfaces, LeftOutAddress } from './advertised-addresses.js';
import { defaultInterfaces } from './default-routes.js';
import { HostOverride } from './host-override.js';
import type { Lookup } from './host-override.js';
import { StunDiscovery } from './stun-discovery.js';
import type { StunQuery } from './stun-discovery.js';

export interface AddressBookOptions {
  media: Pick<Config['media'], 'addresses' | 'bind' | 'host_override' | 'port_override' | 'stun_servers'>;
  /** Whether loopback addresses are any use to clients. */
  loopback: boolean;
  interfaces: () => Interfaces;
  /** Interfaces of default routes, the preferred one first. */
  routes: () => readonly string[];
  lookup: Lookup;
  query: StunQuery;
  /** Monotonic time in milliseconds. */
  now: () => number;
}

/** How often `refresh` is to be called, in milliseconds. */
export const ADDRESS_INTERVAL = 60_000;

const EVERYWHERE = ['0.0.0.0', '::'];

/**
 * Where clients are told to send media to: what `media` says, what a name resolves to, what STUN servers see, or else
 * the machine's own addresses.
 */
export class AddressBook {
  readonly #options: AddressBookOptions;
  readonly #override: HostOverride | undefined;
  readonly #stun: StunDiscovery;
  #addresses: readonly AdvertisedAddress[] = [];
  #leftOut: readonly LeftOutAddress[] = [];
  #problem: string | undefined;

  constructor(options: AddressBookOptions) {
    const { media, lookup, query } = options;
    this.#options = options;
    this.#override =
      typeof media.host_override === 'string' ? new HostOverride(media.host_override, lookup) : undefined;
    this.#stun = new StunDiscovery(media.stun_servers, query);
  }

  /** Best first; empty until `refresh` has succeeded once. */
  get addresses(): readonly AdvertisedAddress[] {
    return this.#addresses;
  }

  /** Addresses of this machine that are not told, where its own are. */
  get leftOut(): readonly LeftOutAddress[] {
    return this.#leftOut;
  }

  /** Why clients from outside may not find the server; a sentence without its end. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /**
   * Looks everything up again; answers whether the addresses or the problem are others than before.
   *
   * Rejects when the name of `media.host_override` cannot be resolved; the addresses known stay.
   */
  async refresh(): Promise<boolean> {
    const before = JSON.stringify([this.#addresses, this.#problem]);
    const { bind, port_override: port } = this.#options.media;
    const listened = bind.filter((address) => !EVERYWHERE.includes(address));
    const choice = advertisedAddresses(
      this.#options.interfaces(),
      this.#options.loopback,
      this.#options.routes(),
    );
    const own = listened.length > 0 ? listened : choice.addresses;
    const external = await this.#external(own);
    const ownToo = external.length === 0 || this.#learns;
    const mapped = typeof port === 'object' ? own.flatMap((ip) => port[ip] ?? []).at(0) : port;
    this.#leftOut = ownToo && listened.length === 0 ? choice.leftOut : [];
    const inside = ownToo ? own.filter((ip) => !external.includes(ip)) : [];
    this.#addresses = [
      ...external.map((ip) => ({ ip, port: mapped })),
      // A client on the same network as the machine goes past the router that maps the port.
      ...inside.map((ip) => ({ ip, port: external.length === 0 ? mapped : undefined })),
    ];
    return JSON.stringify([this.#addresses, this.#problem]) !== before;
  }

  /** Whether external addresses are found out rather than told. */
  get #learns(): boolean {
    const { addresses, host_override: host } = this.#options.media;
    return addresses.length === 0 && host === undefined;
  }

  /** Each once; of its own addresses those that are the external ones, too. */
  async #external(own: readonly string[]): Promise<string[]> {
    const { addresses, host_override: host } = this.#options.media;
    this.#problem = undefined;
    if (this.#override) {
      await this.#override.resolve();
      return [...this.#override.addresses];
    }
    if (typeof host === 'object') {
      const mapped = own.flatMap((ip) => host[ip] ?? []);
      if (mapped.length === 0)
        this.#problem = 'media.host_override names none of the addresses of this machine';
      return [...new Set(mapped)];
    }
    if (addresses.length > 0) return [...new Set(addresses)];
    const found = await this.#stun.refresh(own, this.#options.now());
    if (!found) this.#problem = 'no server of media.stun_servers answers';
    return [...new Set(this.#stun.found.values())];
  }
}

/** Of this machine and its network. */
export function addressBook(config: Config): AddressBook {
  const resolve: Lookup = (host) => lookup(host, { all: true });
  return new AddressBook({
    media: config.media,
    loopback: listensOnLoopback(config),
    interfaces: networkInterfaces,
    routes: machineRoutes,
    lookup: resolve,
    query: (url, local) => queryStun(url, local, resolve),
    now: () => performance.now(),
  });
}

/** Interfaces of this machine's default routes; none where the system does not say. */
export function machineRoutes(): string[] {
  return defaultInterfaces(readText('/proc/net/route'), readText('/proc/net/ipv6_route'));
}

/** Empty where there is no such file: the system is another one, or a container hides it. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
