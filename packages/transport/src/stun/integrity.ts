import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { STUN_HEADER_SIZE } from './attributes.js';

/** Bytes of a whole MESSAGE-INTEGRITY attribute. */
export const INTEGRITY_SIZE = 24;

/** Bytes of a whole FINGERPRINT attribute. */
export const FINGERPRINT_SIZE = 8;

/**
 * The HMAC-SHA1 of the MESSAGE-INTEGRITY attribute at `offset` (RFC 8489 section 14.5): over everything before the
 * attribute, with the header's length counting up to the attribute's end.
 */
export function messageIntegrity(message: Uint8Array, offset: number, password: string): Uint8Array {
  const length = offset + INTEGRITY_SIZE - STUN_HEADER_SIZE;
  const head = Uint8Array.of(message[0]!, message[1]!, length >> 8, length & 0xff);
  return createHmac('sha1', password).update(head).update(message.subarray(4, offset)).digest();
}

/** The value of the FINGERPRINT attribute at `offset` (RFC 8489 section 14.7), which is the message's last. */
export function fingerprint(message: Uint8Array, offset: number): number {
  return (crc32(message.subarray(0, offset)) ^ 0x5354554e) >>> 0;
}
