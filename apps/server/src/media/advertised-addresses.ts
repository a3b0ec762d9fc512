import type { NetworkInterfaceInfo } from 'node:os';
import { isIPv6 } from 'node:net';

/** Interfaces of the machine, as `os.networkInterfaces()` gives them. */
export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** An address that clients are not told, and of which interface it is. */
export interface LeftOutAddress {
  ip: string;
  name: string;
  reason: 'bridge' | 'link-local';
}

export interface AdvertisedChoice {
  /** Best first. */
  addresses: string[];
  /** Those that somebody might miss. */
  leftOut: LeftOutAddress[];
}

/** What container engines, orchestrators and hypervisors call the networks that they make within a machine. */
const BRIDGES =
  /^(docker|br-|veth|cni|virbr|vnet|flannel|cali|cilium|weave|tunl|kube-|nodelocaldns|podman|lxc|lxd)/;

/**
 * Addresses of this machine that clients may send media to: those of the default routes first.
 *
 * Networks within the machine are left out, as no client reaches them, unless a default route leads there; so are link-local
 * addresses, which mean nothing without a zone, and a candidate carries none. Loopback addresses are there only when
 * `loopback` is set, and then first as clients are on this machine, or when there is nothing else.
 *
 * @param routes Interfaces of default routes, the preferred one first.
 */
export function advertisedAddresses(
  interfaces: Interfaces,
  loopback: boolean,
  routes: readonly string[],
): AdvertisedChoice {
  const inside: string[] = [];
  const outside: { ip: string; rank: number }[] = [];
  const leftOut: LeftOutAddress[] = [];
  for (const [name, addresses = []] of Object.entries(interfaces)) {
    const route = routes.indexOf(name);
    for (const { address: ip, internal } of addresses) {
      if (isIPv6(ip) && /^fe[89ab]/i.test(ip)) continue;
      if (internal) inside.push(ip);
      else if (ip.startsWith('169.254.')) leftOut.push({ ip, name, reason: 'link-local' });
      else if (route < 0 && BRIDGES.test(name)) leftOut.push({ ip, name, reason: 'bridge' });
      else outside.push({ ip, rank: route < 0 ? routes.length : route });
    }
  }
  outside.sort((one, other) => one.rank - other.rank);
  const chosen = outside.map(({ ip }) => ip);
  const isLocal = loopback || chosen.length === 0;
  return { addresses: [...new Set(isLocal ? [...inside, ...chosen] : chosen)], leftOut };
}
