import { PATH_WORDS } from '@parley/wire';

import type { TransportAddress } from '../stun/address.js';

/**
 * Between which two addresses a datagram travels: `PATH_WORDS` words, encoded as told at `PATH_WORDS`.
 *
 * A path handed out by the wire lies in shared memory and changes with the next batch: copy what is kept.
 */
export type Path = Uint32Array;

const LOCAL_ADDRESS_KNOWN = 1 << 16;

/** Builds a path as the wire would tell it, for simulations. Local address unknown unless given; its port is not kept. */
export function createPath(remote: TransportAddress, local?: TransportAddress, socket = 0): Path {
  const path = new Uint32Array(PATH_WORDS);
  path[0] = socket | (remote.family << 8) | (local ? LOCAL_ADDRESS_KNOWN : 0);
  path[1] = remote.port;
  new Uint8Array(path.buffer, 8).set(remote.bytes);
  if (local) new Uint8Array(path.buffer, 24).set(local.bytes);
  return path;
}

/** The remote end of a path; a copy. */
export function remoteAddressOf(path: Path): TransportAddress {
  const family = ((path[0]! >> 8) & 0xff) === 4 ? 4 : 6;
  const words = path.slice(2, family === 4 ? 3 : 6);
  return { family, bytes: new Uint8Array(words.buffer), port: path[1]! & 0xffff };
}

export function pathsEqual(a: Path, b: Path): boolean {
  for (let i = 0; i < PATH_WORDS; i++) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}

/** Text of an IP address of 4 or 16 bytes, IPv6 in the canonical form of RFC 5952. */
export function formatIp(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16));
  const { start, length } = longestZeroRun(groups);
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

/** The 4 or 16 bytes of an IP address; undefined if the text is none. Zone names (`%eth0`) are not addresses. */
export function parseIp(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  if (!parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return undefined;
  return Uint8Array.from(parts, Number);
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2 || (halves.length === 2 && halves[0]!.includes('.'))) return undefined;
  const head = parseGroups(halves[0]!);
  const tail = parseGroups(halves[1] ?? '');
  if (!head || !tail) return undefined;
  const length = head.length + tail.length;
  if (halves.length === 1 ? length !== 16 : length > 14) return undefined;
  const bytes = new Uint8Array(16);
  bytes.set(head);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

/** The bytes of colon-separated groups, the last of which may be an IPv4 address. */
function parseGroups(text: string): number[] | undefined {
  const bytes: number[] = [];
  if (text === '') return bytes;
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (group.includes('.') && index === groups.length - 1) {
      const ipv4 = parseIpv4(group);
      if (!ipv4) return undefined;
      bytes.push(...ipv4);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
      const value = parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== '0') start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  });
  return best;
}
