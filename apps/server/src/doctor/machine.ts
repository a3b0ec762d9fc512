import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { machineRoutes } from '../media/address-book.js';
import type { Interfaces } from '../media/advertised-addresses.js';
import type { Lookup } from '../media/host-override.js';
import type { StunQuery } from '../media/stun-discovery.js';
import { queryStun } from '@parley/node/main-thread';

/** The machine, or a test's idea of one. */
export interface Machine {
  interfaces: Interfaces;
  /** Interfaces of default routes, the preferred one first. */
  routes: readonly string[];
  lookup: Lookup;
  query: StunQuery;
  /** Files that the process may have open, if that is known. */
  openFiles: number | undefined;
  /** Bytes of `net.core.rmem_max` and `net.core.wmem_max`, if they are known. */
  socketBuffers: { receive: number | undefined; send: number | undefined };
  /** Milliseconds since 1970. */
  wall: () => number;
  /** Monotonic time in milliseconds. */
  now: () => number;
}

export function thisMachine(): Machine {
  const resolve: Lookup = (host) => lookup(host, { all: true });
  return {
    interfaces: networkInterfaces(),
    routes: machineRoutes(),
    lookup: resolve,
    query: (url, local) => queryStun(url, local, resolve),
    openFiles: openFilesLimit(),
    socketBuffers: { receive: kernelSetting('rmem_max'), send: kernelSetting('wmem_max') },
    wall: Date.now,
    now: () => performance.now(),
  };
}

/** The limit of this process, from Linux; Node raises it to the hard one when it starts. */
function openFilesLimit(): number | undefined {
  const soft = /^Max open files\s+(\d+|unlimited)/m.exec(readText('/proc/self/limits'))?.[1];
  return soft === undefined ? undefined : soft === 'unlimited' ? Infinity : Number(soft);
}

function kernelSetting(name: string): number | undefined {
  const text = readText(`/proc/sys/net/core/${name}`).trim();
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Empty where there is no such file: the system is another one, or a container hides it. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
