import { readUint16, readUint32, writeUint16, writeUint32 } from './bytes.js';
import {
  extensionProfile,
  ONE_BYTE_PROFILE,
  TWO_BYTE_PROFILE,
  writeExtensions,
  type HeaderExtension,
} from './header-extensions.js';

/** The fields of an RTP header that a sender chooses (RFC 3550 section 5.1). */
export interface RtpHeaderFields {
  marker: boolean;
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  csrcs?: readonly number[];
  extensions?: readonly HeaderExtension[];
}

/** A parsed RTP header. Offsets count from the start of the buffer that was parsed. */
export interface RtpHeader {
  marker: boolean;
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  csrcs: number[];
  /** Where the first header extension element starts; 0 when the packet has none, or has them in an unknown form. */
  extensionOffset: number;
  /** Bytes of header extension elements. */
  extensionLength: number;
  /** Whether the elements have the two-byte form. */
  twoByteExtensions: boolean;
  payloadOffset: number;
  /** Bytes of payload, without padding. */
  payloadLength: number;
  /** Bytes of padding, the counting byte included. */
  paddingLength: number;
}

/** Bytes of an RTP header without CSRCs and extensions. */
export const RTP_HEADER_SIZE = 12;

/**
 * Parses the header of an RTP packet. For clients and tests: a server's packets are parsed natively.
 *
 * @returns The header, or undefined when the packet is malformed.
 */
export function parseRtpHeader(buffer: Uint8Array, offset: number, length: number): RtpHeader | undefined {
  const end = offset + length;

  if (length < RTP_HEADER_SIZE || end > buffer.length || buffer[offset]! >>> 6 !== 2) {
    return undefined;
  }

  const first = buffer[offset]!;
  const second = buffer[offset + 1]!;
  const csrcCount = first & 0x0f;
  let at = offset + RTP_HEADER_SIZE + 4 * csrcCount;

  if (at > end) {
    return undefined;
  }

  const csrcs = Array.from({ length: csrcCount }, (_, i) =>
    readUint32(buffer, offset + RTP_HEADER_SIZE + 4 * i),
  );
  let extensionOffset = 0;
  let extensionLength = 0;
  let twoByteExtensions = false;

  if (first & 0x10) {
    if (at + 4 > end) {
      return undefined;
    }

    const profile = readUint16(buffer, at);
    const blockLength = 4 * readUint16(buffer, at + 2);

    at += 4;

    if (at + blockLength > end) {
      return undefined;
    }

    twoByteExtensions = (profile & 0xfff0) === TWO_BYTE_PROFILE;

    if (twoByteExtensions || profile === ONE_BYTE_PROFILE) {
      extensionOffset = at;
      extensionLength = blockLength;
    }

    at += blockLength;
  }

  const paddingLength = first & 0x20 ? buffer[end - 1]! : 0;

  if ((first & 0x20 && paddingLength === 0) || at + paddingLength > end) {
    return undefined;
  }

  return {
    marker: (second & 0x80) !== 0,
    payloadType: second & 0x7f,
    sequence: readUint16(buffer, offset + 2),
    timestamp: readUint32(buffer, offset + 4),
    ssrc: readUint32(buffer, offset + 8),
    csrcs,
    extensionOffset,
    extensionLength,
    twoByteExtensions,
    payloadOffset: at,
    payloadLength: end - at - paddingLength,
    paddingLength,
  };
}

/**
 * Writes an RTP header, in the one-byte form of header extensions where they fit it.
 *
 * @returns Bytes written: the payload starts at `offset` plus this.
 * @throws {RangeError} If there are more than 15 CSRCs, or an extension does not fit.
 */
export function writeRtpHeader(out: Uint8Array, offset: number, header: RtpHeaderFields): number {
  const csrcs = header.csrcs ?? [];
  const extensions = header.extensions ?? [];

  if (csrcs.length > 15) {
    throw new RangeError(`an RTP header holds at most 15 CSRCs, not ${csrcs.length}`);
  }

  out[offset] = 0x80 | (extensions.length > 0 ? 0x10 : 0) | csrcs.length;
  out[offset + 1] = (header.marker ? 0x80 : 0) | (header.payloadType & 0x7f);
  writeUint16(out, offset + 2, header.sequence);
  writeUint32(out, offset + 4, header.timestamp);
  writeUint32(out, offset + 8, header.ssrc);

  let at = offset + RTP_HEADER_SIZE;

  for (const csrc of csrcs) {
    writeUint32(out, at, csrc);
    at += 4;
  }

  if (extensions.length > 0) {
    at += writeExtensions(out, at, extensionProfile(extensions), extensions);
  }

  return at - offset;
}
