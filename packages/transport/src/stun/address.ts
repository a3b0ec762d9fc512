import { STUN_MAGIC_COOKIE } from './attributes.js';

/** An IP address and port. */
export interface TransportAddress {
  readonly family: 4 | 6;
  /** 4 or 16 bytes in network order. */
  readonly bytes: Uint8Array;
  readonly port: number;
}

/**
 * Writes the value of an XOR-MAPPED-ADDRESS attribute (RFC 8489 section 14.2).
 *
 * @param transactionId 12 bytes.
 * @returns 8 bytes for IPv4, 20 for IPv6.
 */
export function encodeXorAddress(address: TransportAddress, transactionId: Uint8Array): Uint8Array {
  const value = new Uint8Array(4 + address.bytes.length);
  const view = new DataView(value.buffer);
  value[1] = address.family === 4 ? 1 : 2;
  view.setUint16(2, address.port ^ (STUN_MAGIC_COOKIE >>> 16));
  value.set(address.bytes, 4);
  xorAddress(value.subarray(4), transactionId);
  return value;
}

/** Reads the value of an XOR-MAPPED-ADDRESS attribute; undefined if it is malformed. */
export function decodeXorAddress(value: Uint8Array, transactionId: Uint8Array): TransportAddress | undefined {
  const family = value[1] === 1 ? 4 : 6;
  if (value.length !== (family === 4 ? 8 : 20) || value[1] !== (family === 4 ? 1 : 2)) return undefined;
  const port = ((value[2]! << 8) | value[3]!) ^ (STUN_MAGIC_COOKIE >>> 16);
  const bytes = value.slice(4);
  xorAddress(bytes, transactionId);
  return { family, bytes, port };
}

/** XORs an address with the magic cookie followed by the transaction id, in place. */
function xorAddress(address: Uint8Array, transactionId: Uint8Array): void {
  for (let i = 0; i < address.length; i++) {
    address[i]! ^= i < 4 ? STUN_MAGIC_COOKIE >>> (24 - 8 * i) : transactionId[i - 4]!;
  }
}
