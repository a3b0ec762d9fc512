import { encodeXorAddress } from './address.js';
import type { TransportAddress } from './address.js';
import { STUN_HEADER_SIZE, STUN_MAGIC_COOKIE, StunAttribute } from './attributes.js';
import { FINGERPRINT_SIZE, INTEGRITY_SIZE, fingerprint, messageIntegrity } from './integrity.js';

/** Enough for every message ICE builds: a USERNAME takes at most 513 bytes. */
const CAPACITY = 1024;

/**
 * Builds one STUN message: attributes in the order they are added, then `finish`.
 *
 * Attribute methods throw a RangeError if the message would become larger than 1,024 bytes.
 */
export class StunBuilder {
  readonly #bytes = new Uint8Array(CAPACITY);
  readonly #view = new DataView(this.#bytes.buffer);
  #length = STUN_HEADER_SIZE;

  /**
   * @param messageClass A `StunClass`.
   * @param transactionId 12 bytes.
   */
  constructor(messageClass: number, method: number, transactionId: Uint8Array) {
    const type =
      ((messageClass & 2) << 7) |
      ((messageClass & 1) << 4) |
      ((method & 0xf80) << 2) |
      ((method & 0x70) << 1) |
      (method & 0xf);
    this.#view.setUint16(0, type);
    this.#view.setUint32(4, STUN_MAGIC_COOKIE);
    this.#bytes.set(transactionId, 8);
  }

  add(type: number, value: Uint8Array): this {
    this.#bytes.set(value, this.#begin(type, value.length));
    return this;
  }

  addString(type: number, value: string): this {
    return this.add(type, Buffer.from(value, 'utf8'));
  }

  addUint32(type: number, value: number): this {
    this.#view.setUint32(this.#begin(type, 4), value);
    return this;
  }

  addXorMappedAddress(address: TransportAddress): this {
    const transactionId = this.#bytes.subarray(8, STUN_HEADER_SIZE);
    return this.add(StunAttribute.XOR_MAPPED_ADDRESS, encodeXorAddress(address, transactionId));
  }

  /** @param code 300–699. */
  addErrorCode(code: number, reason: string): this {
    const text = Buffer.from(reason, 'utf8');
    const offset = this.#begin(StunAttribute.ERROR_CODE, 4 + text.length);
    this.#bytes[offset + 2] = Math.floor(code / 100);
    this.#bytes[offset + 3] = code % 100;
    this.#bytes.set(text, offset + 4);
    return this;
  }

  addUnknownAttributes(types: readonly number[]): this {
    const offset = this.#begin(StunAttribute.UNKNOWN_ATTRIBUTES, 2 * types.length);
    types.forEach((type, index) => this.#view.setUint16(offset + 2 * index, type));
    return this;
  }

  /**
   * Adds FINGERPRINT, and before it MESSAGE-INTEGRITY if a password is given.
   *
   * @returns the whole message. The builder is spent.
   */
  finish(password?: string): Uint8Array {
    if (password !== undefined) {
      const hmac = messageIntegrity(this.#bytes, this.#length, password);
      this.#bytes.set(hmac, this.#begin(StunAttribute.MESSAGE_INTEGRITY, INTEGRITY_SIZE - 4));
    }
    const offset = this.#length;
    const valueOffset = this.#begin(StunAttribute.FINGERPRINT, FINGERPRINT_SIZE - 4);
    this.#view.setUint32(valueOffset, fingerprint(this.#bytes, offset));
    return this.#bytes.subarray(0, this.#length);
  }

  /** Writes type and length, counts the attribute in, and tells where its value goes. Padding is zero already. */
  #begin(type: number, length: number): number {
    const offset = this.#length;
    const end = offset + 4 + ((length + 3) & ~3);
    if (end > CAPACITY) throw new RangeError(`STUN message larger than ${CAPACITY} bytes`);
    this.#view.setUint16(offset, type);
    this.#view.setUint16(offset + 2, length);
    this.#view.setUint16(2, end - STUN_HEADER_SIZE);
    this.#length = end;
    return offset + 4;
  }
}
