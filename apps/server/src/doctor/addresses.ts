import { isIP } from 'node:net';
import type { AdvertisedAddress } from '@parley/node/main-thread';
import { listensOnLoopback } from '../config/schema.js';
import type { Config } from '../config/schema.js';
import { errorText } from '@parley/core';
import { AddressBook } from '../media/address-book.js';
import { change, note, ok } from './finding.js';
import type { Finding } from './finding.js';
import type { Machine } from './machine.js';
import type { MediaProbe } from './media-probe.js';

const WHY_LEFT_OUT = {
  bridge: 'a network of containers or virtual machines',
  'link-local': 'a link-local address',
} as const;

/** What clients are told to send media to: whether there is anything, whether they can reach it, whether it leads here. */
export async function checkAddresses(
  config: Config,
  machine: Machine,
  probes: readonly MediaProbe[],
): Promise<Finding[]> {
  const book = new AddressBook({
    media: config.media,
    loopback: listensOnLoopback(config),
    interfaces: () => machine.interfaces,
    routes: () => machine.routes,
    lookup: machine.lookup,
    query: machine.query,
    now: machine.now,
  });
  try {
    await book.refresh();
  } catch (error) {
    return [
      change(
        `${sentence(errorText(error))}: put it into the DNS or change media.host_override (PARLEY_MEDIA_HOST_OVERRIDE)`,
      ),
    ];
  }
  const own = new Set(
    Object.values(machine.interfaces).flatMap((list) => list?.map(({ address }) => address)),
  );
  const findings = [checkReach(config, book)];
  const leftOut = book.leftOut.map(({ ip, name, reason }) => `${ip} (${name}, ${WHY_LEFT_OUT[reason]})`);
  if (leftOut.length > 0) {
    findings.push(
      ok(
        `Clients are not told of ${leftOut.join(', ')}: to have them told, list all addresses in media.addresses (PARLEY_MEDIA_ADDRESSES)`,
      ),
    );
  }
  if (book.problem !== undefined) {
    findings.push(
      change(
        `${sentence(book.problem)}: correct it, or set media.addresses (PARLEY_MEDIA_ADDRESSES) to the address clients reach`,
      ),
    );
  }
  for (const address of book.addresses) {
    if (!own.has(address.ip)) findings.push(await checkWayBack(address, probes));
  }
  return findings;
}

function checkReach(config: Config, book: AddressBook): Finding {
  const addresses = book.addresses.map(({ ip }) => ip);
  const text = addresses.join(', ');
  if (addresses.length === 0) {
    return change(
      'No address is advertised: set media.addresses (PARLEY_MEDIA_ADDRESSES) to the one clients reach',
    );
  }
  if (listensOnLoopback(config)) return ok(`Clients are told to send media to ${text}`);
  if (addresses.every(isLoopback)) {
    return change(
      `Only ${text} is advertised, which no other machine reaches: set media.addresses (PARLEY_MEDIA_ADDRESSES) to the address clients reach`,
    );
  }
  return addresses.every((address) => isLoopback(address) || isPrivate(address))
    ? note(
        `Clients are told to send media to ${text}, which is reached from this network alone: for others set media.host_override (PARLEY_MEDIA_HOST_OVERRIDE) or media.stun_servers (PARLEY_MEDIA_STUN_SERVERS)`,
      )
    : ok(`Clients are told to send media to ${text}`);
}

/** An address that is not this machine's own: a router or load balancer must pass on what is sent to it. */
async function checkWayBack(address: AdvertisedAddress, probes: readonly MediaProbe[]): Promise<Finding> {
  const usable = probes.filter(({ host }) => isIP(host) === isIP(address.ip));
  const first = usable[0];
  if (first === undefined) {
    return note(
      `${address.ip} is no address of this machine, and whether it leads here can be seen only while Parley does not run`,
    );
  }
  const port = address.port ?? first.port;
  const missing: string[] = [];
  for (const probe of usable) {
    if (!(await probe.isReachedBy(address.ip, port))) missing.push(probe.protocol);
  }
  return missing.length === 0
    ? ok(`Port ${port} of ${address.ip}, which is no address of this machine, leads here`)
    : note(
        `${address.ip} is no address of this machine, and ${missing.join(' and ')} to its port ${port} does not arrive here: have the router pass it on, unless it does so already and only leads nothing back from inside`,
      );
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** RFC 1918, RFC 6598, RFC 4193, and the link-local addresses of IPv4. */
function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|f[cd])/i.test(
    address,
  );
}

/** With a capital, unless it begins with the name of a key. */
function sentence(text: string): string {
  return text.startsWith('media.') ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
