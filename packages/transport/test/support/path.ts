import { PATH_WORDS } from '@parley/wire';
import type { Path } from '../../src/ice/index.js';
import type { TransportAddress } from '../../src/stun/index.js';

const LOCAL_ADDRESS_KNOWN = 1 << 16;

/** A path as the wire tells it. Local address unknown unless given; its port is not kept. */
export function createPath(remote: TransportAddress, local?: TransportAddress, socket = 0): Path {
  const path = new Uint32Array(PATH_WORDS);
  path[0] = socket | (remote.family << 8) | (local ? LOCAL_ADDRESS_KNOWN : 0);
  path[1] = remote.port;
  new Uint8Array(path.buffer, 8).set(remote.bytes);
  if (local) new Uint8Array(path.buffer, 24).set(local.bytes);
  return path;
}
