import { timingSafeEqual } from 'node:crypto';

import { decodeXorAddress } from './address.js';
import type { TransportAddress } from './address.js';
import { COMPREHENSION_OPTIONAL, STUN_HEADER_SIZE, STUN_MAGIC_COOKIE, StunAttribute } from './attributes.js';
import { FINGERPRINT_SIZE, INTEGRITY_SIZE, fingerprint, messageIntegrity } from './integrity.js';

/** More attributes than any ICE agent sends; a message with more of them is malformed. */
const MAX_ATTRIBUTES = 32;

const UNDERSTOOD: ReadonlySet<number> = new Set(Object.values(StunAttribute));

/**
 * A received STUN message (RFC 8489).
 *
 * It refers to the bytes it was parsed from and is valid for as long as they are. Of an attribute that is there twice the
 * first counts; attributes behind MESSAGE-INTEGRITY, which nobody vouches for, are not seen.
 */
export class StunMessage {
  /** A `StunClass`. */
  readonly class: number;
  readonly method: number;
  /** 12 bytes. */
  readonly transactionId: Uint8Array;
  /** Types of the attributes that would have to be understood, but are not, in order, each once. */
  readonly unknownAttributes: readonly number[];
  readonly #bytes: Uint8Array;
  readonly #attributes: ReadonlyMap<number, Uint8Array>;
  readonly #integrityOffset: number;

  private constructor(
    bytes: Uint8Array,
    attributes: ReadonlyMap<number, Uint8Array>,
    unknownAttributes: readonly number[],
    integrityOffset: number,
  ) {
    const type = (bytes[0]! << 8) | bytes[1]!;
    this.class = ((type & 0x100) >> 7) | ((type & 0x10) >> 4);
    this.method = ((type & 0x3e00) >> 2) | ((type & 0xe0) >> 1) | (type & 0xf);
    this.transactionId = bytes.subarray(8, STUN_HEADER_SIZE);
    this.unknownAttributes = unknownAttributes;
    this.#bytes = bytes;
    this.#attributes = attributes;
    this.#integrityOffset = integrityOffset;
  }

  /** Parses one datagram; undefined if it is not a well-formed STUN message or its FINGERPRINT is wrong. */
  static parse(bytes: Uint8Array): StunMessage | undefined {
    if (!hasStunHeader(bytes)) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const attributes = new Map<number, Uint8Array>();
    const unknown = new Set<number>();
    let integrityOffset = 0;
    let count = 0;
    for (let offset = STUN_HEADER_SIZE; offset < bytes.length;) {
      // Lengths are multiples of 4, so an attribute's four bytes of type and length are there.
      const type = view.getUint16(offset);
      const length = view.getUint16(offset + 2);
      const next = offset + 4 + ((length + 3) & ~3);
      if (next > bytes.length || ++count > MAX_ATTRIBUTES) return undefined;
      if (type === StunAttribute.FINGERPRINT) {
        if (next !== bytes.length || length !== FINGERPRINT_SIZE - 4) return undefined;
        if (view.getUint32(offset + 4) !== fingerprint(bytes, offset)) return undefined;
      } else if (integrityOffset === 0) {
        if (type === StunAttribute.MESSAGE_INTEGRITY) {
          if (length !== INTEGRITY_SIZE - 4) return undefined;
          integrityOffset = offset;
        }
        if (type < COMPREHENSION_OPTIONAL && !UNDERSTOOD.has(type)) unknown.add(type);
        if (!attributes.has(type)) attributes.set(type, bytes.subarray(offset + 4, offset + 4 + length));
      }
      offset = next;
    }
    return new StunMessage(bytes, attributes, [...unknown], integrityOffset);
  }

  /** The value of an attribute, without padding. */
  attribute(type: number): Uint8Array | undefined {
    return this.#attributes.get(type);
  }

  has(type: number): boolean {
    return this.#attributes.has(type);
  }

  /** The value of a 32-bit attribute; undefined if it is missing or has another size. */
  uint32(type: number): number | undefined {
    const value = this.#attributes.get(type);
    if (value?.length !== 4) return undefined;
    return new DataView(value.buffer, value.byteOffset, 4).getUint32(0);
  }

  /** USERNAME: in a connectivity check, the receiver's fragment, a colon, and the sender's. */
  get username(): string | undefined {
    const value = this.#attributes.get(StunAttribute.USERNAME);
    return value && Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');
  }

  /** XOR-MAPPED-ADDRESS, decoded. */
  get xorMappedAddress(): TransportAddress | undefined {
    const value = this.#attributes.get(StunAttribute.XOR_MAPPED_ADDRESS);
    return value && decodeXorAddress(value, this.transactionId);
  }

  /** ERROR-CODE as a number, for example 401. */
  get errorCode(): number | undefined {
    const value = this.#attributes.get(StunAttribute.ERROR_CODE);
    if (!value || value.length < 4) return undefined;
    return (value[2]! & 7) * 100 + value[3]!;
  }

  /** Whether the message carries a MESSAGE-INTEGRITY made with this password. */
  verifyIntegrity(password: string): boolean {
    const value = this.#attributes.get(StunAttribute.MESSAGE_INTEGRITY);
    if (!value) return false;
    return timingSafeEqual(value, messageIntegrity(this.#bytes, this.#integrityOffset, password));
  }
}

/** USERNAME of what may be a STUN message, before it is looked at as a whole; undefined where there is none. */
export function readUsername(bytes: Uint8Array): string | undefined {
  if (!hasStunHeader(bytes)) return undefined;
  for (let offset = STUN_HEADER_SIZE; offset < bytes.length;) {
    const type = (bytes[offset]! << 8) | bytes[offset + 1]!;
    const length = (bytes[offset + 2]! << 8) | bytes[offset + 3]!;
    const value = offset + 4;
    offset = value + ((length + 3) & ~3);
    if (type === StunAttribute.USERNAME && offset <= bytes.length)
      return Buffer.from(bytes.buffer, bytes.byteOffset + value, length).toString('utf8');
  }
  return undefined;
}

function hasStunHeader(bytes: Uint8Array): boolean {
  if (bytes.length < STUN_HEADER_SIZE || bytes.length % 4 !== 0 || bytes[0]! > 0x3f) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint16(2) === bytes.length - STUN_HEADER_SIZE && view.getUint32(4) === STUN_MAGIC_COOKIE;
}
