import { PATH_WORDS } from '@parley/wire';

import type { TransportAddress } from '../stun/address.js';

/**
 * Between which two addresses a datagram travels: `PATH_WORDS` words, encoded as told at `PATH_WORDS`.
 *
 * A path handed out by the wire lies in shared memory and changes with the next batch: copy what is kept.
 */
export type Path = Uint32Array;

/** Of the first word: address family and interface, without the socket and whether the local address is known. */
const REMOTE_IN_FIRST_WORD = 0xfffe_ff00;
/** The first word of the local address. */
const LOCAL_ADDRESS = 6;

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

/** Whether two paths lead to the same remote end, from whichever local address. */
export function leadToSameRemote(a: Path, b: Path): boolean {
  if (((a[0]! ^ b[0]!) & REMOTE_IN_FIRST_WORD) !== 0) return false;
  for (let i = 1; i < LOCAL_ADDRESS; i++) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}
