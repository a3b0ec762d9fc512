import type { NetworkInterfaceInfo } from 'node:os';
import { isIPv6 } from 'node:net';

/** Interfaces of the machine, as `os.networkInterfaces()` gives them. */
export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/**
 * Addresses of this machine that clients may send media to.
 *
 * Loopback addresses are among them only when `loopback` is set or there is nothing else. Link-local IPv6 addresses are
 * left out: they mean nothing without a zone, and a candidate carries none.
 */
export function advertisedAddresses(interfaces: Interfaces, loopback: boolean): string[] {
  const all = Object.values(interfaces).flatMap((addresses) => addresses ?? []);
  const usable = all.filter(({ address }) => !(isIPv6(address) && /^fe[89ab]/i.test(address)));
  const outside = usable.filter((address) => !address.internal);
  const chosen = loopback || outside.length === 0 ? usable : outside;
  return [...new Set(chosen.map(({ address }) => address))];
}
