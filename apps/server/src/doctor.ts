import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { listensOnLoopback } from './config/schema.js';
import type { Config } from './config/schema.js';
import { prepareDataFolder } from './data-folder.js';
import { errorCode, errorText, OperatorError } from './errors.js';
import { AddressBook } from './media/address-book.js';
import type { Interfaces } from './media/advertised-addresses.js';
import type { Lookup } from './media/host-override.js';
import type { StunQuery } from './media/stun-discovery.js';
import { queryStun } from './media/stun-query.js';

/** What one check found. */
export interface Finding {
  /** Whether nothing must change. */
  ok: boolean;
  /** One sentence: what is so, or what to change. */
  text: string;
}

/** The machine, or a test's idea of one. */
export interface Machine {
  interfaces: Interfaces;
  lookup: Lookup;
  query: StunQuery;
  /** Files that the process may have open, if that is known. */
  openFiles: number | undefined;
  /** Milliseconds since 1970. */
  wall: number;
}

/** Every client holds one file open for its WebSocket; below this, a full server runs out of them. */
const LEAST_OPEN_FILES = 4_096;
/** Parley is younger than this, and what is later than 2100 is no time of a clock that is right. */
const EARLIEST = Date.UTC(2025, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
const ECHO_TIMEOUT = 1_000;
const PROBE_TIMEOUT = 2_000;

export function thisMachine(): Machine {
  const resolve: Lookup = (host) => lookup(host, { all: true });
  return {
    interfaces: networkInterfaces(),
    lookup: resolve,
    query: (url, local) => queryStun(url, local, resolve),
    openFiles: openFilesLimit(),
    wall: Date.now(),
  };
}

/** Checks what usually keeps calls from working, from the machine that Parley runs on or is to run on. */
export async function diagnose(config: Config, machine: Machine): Promise<Finding[]> {
  return [
    ...(await checkMediaPort(config)),
    await checkAddresses(config, machine),
    checkOpenFiles(machine.openFiles),
    checkDataFolder(config.data_dir),
    checkClock(machine.wall),
  ];
}

/** On each address of `media.bind`, or on all at once. */
async function checkMediaPort(config: Config): Promise<Finding[]> {
  const { port, bind } = config.media;
  const hosts = bind.length > 0 ? bind : ['0.0.0.0'];
  const findings: Finding[] = [];
  for (const host of hosts) {
    try {
      const heard = await hearsItself(host, port);
      findings.push(
        heard
          ? good(`UDP port ${port} on ${host} can be used and reached on this machine`)
          : bad(
              `UDP port ${port} on ${host} hears nothing even from this machine: let the firewall pass UDP to it`,
            ),
      );
    } catch (error) {
      findings.push(await bindFailure(error, host, config));
    }
  }
  return findings;
}

/** Whether a datagram from this machine arrives. Rejects when the port cannot be bound. */
async function hearsItself(host: string, port: number): Promise<boolean> {
  const type = isIPv6(host) ? 'udp6' : 'udp4';
  const receiver = createSocket(type);
  const sender = createSocket(type);
  try {
    receiver.bind(port, host);
    await once(receiver, 'listening');
    const target = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
    const arrived = once(receiver, 'message', { signal: AbortSignal.timeout(ECHO_TIMEOUT) });
    sender.on('error', () => undefined);
    sender.send('parley doctor', receiver.address().port, target);
    return await arrived.then(
      () => true,
      () => false,
    );
  } finally {
    receiver.close();
    sender.close();
  }
}

async function bindFailure(error: unknown, host: string, config: Config): Promise<Finding> {
  const where = `UDP port ${config.media.port} on ${host}`;
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return (await parleyRuns(config))
        ? good(`${where} is in use, and Parley is running here`)
        : bad(`${where} is in use: stop the other program or set media.port (PARLEY_MEDIA_PORT) to another`);
    case 'EACCES':
      return bad(
        `${where} may not be used by this user: set media.port (PARLEY_MEDIA_PORT) to 1024 or higher`,
      );
    case 'EADDRNOTAVAIL':
      return bad(`${host} is no address of this machine: change media.bind (PARLEY_MEDIA_BIND)`);
    default:
      return bad(`${where} cannot be used: ${errorText(error)}`);
  }
}

/** Whether a Parley with this configuration is ready, by its own word. */
async function parleyRuns({ http }: Config): Promise<boolean> {
  const host = http.host === '0.0.0.0' || http.host === '::' ? 'localhost' : http.host;
  const url = `http://${isIPv6(host) ? `[${host}]` : host}:${http.port}/version`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT) });
    return (await response.text()).startsWith('{"name":"parley"');
  } catch {
    return false;
  }
}

async function checkAddresses(config: Config, machine: Machine): Promise<Finding> {
  const book = new AddressBook({
    media: config.media,
    loopback: listensOnLoopback(config),
    interfaces: () => machine.interfaces,
    lookup: machine.lookup,
    query: machine.query,
    now: () => 0,
  });
  try {
    await book.refresh();
  } catch (error) {
    return bad(
      `The ${errorText(error).replace(/^the /, '')}: put it into the DNS or change media.host_override (PARLEY_MEDIA_HOST_OVERRIDE)`,
    );
  }
  const addresses = book.addresses.map(({ ip }) => ip);
  if (addresses.length === 0) {
    return bad(
      'No address is advertised: set media.addresses (PARLEY_MEDIA_ADDRESSES) to the one clients reach',
    );
  }
  if (!listensOnLoopback(config) && addresses.every(isLoopback)) {
    return bad(
      `Only ${addresses.join(', ')} is advertised, which no other machine reaches: set media.addresses (PARLEY_MEDIA_ADDRESSES) to the address clients reach`,
    );
  }
  return good(`Clients are told to send media to ${addresses.join(', ')}`);
}

function checkOpenFiles(limit: number | undefined): Finding {
  if (limit === undefined) return good('The limit of open files is not known on this system');
  return limit >= LEAST_OPEN_FILES
    ? good(`The limit of open files is ${limit}`)
    : bad(
        `The limit of open files is ${limit}, and every client needs one: raise it to ${LEAST_OPEN_FILES} or more ("ulimit -n", or LimitNOFILE of systemd)`,
      );
}

function checkDataFolder(folder: string): Finding {
  try {
    prepareDataFolder(folder);
    return good(`The data folder ${folder} can be written`);
  } catch (error) {
    if (error instanceof OperatorError) return bad(error.message);
    throw error;
  }
}

function checkClock(wall: number): Finding {
  const time = new Date(wall).toISOString();
  return wall >= EARLIEST && wall < LATEST
    ? good(`The clock says ${time}`)
    : bad(`The clock says ${time}: set it (NTP keeps it right), as tokens are refused until it is right`);
}

/** The limit of this process, from Linux; Node raises it to the hard one when it starts. */
function openFilesLimit(): number | undefined {
  try {
    const soft = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return soft === undefined ? undefined : soft === 'unlimited' ? Infinity : Number(soft);
  } catch {
    return undefined;
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

function good(text: string): Finding {
  return { ok: true, text };
}

function bad(text: string): Finding {
  return { ok: false, text };
}
