import { readUint24, readUint32, writeUint24, writeUint32 } from '../bytes.js';
import { FEEDBACK_HEADER_SIZE, FeedbackFormat, RtcpType, writeRtcpHeader } from './rtcp-header.js';

/** Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03). */
export interface Remb {
  type: 'remb';
  senderSsrc: number;
  /** Bits per second that the receiver can take for all of `ssrcs` together; told with 18 significant bits. */
  bitrate: number;
  ssrcs: number[];
}

/** The four bytes `REMB` that tell it from other application layer feedback. */
const REMB_IDENTIFIER = 0x52454d42;

/** Bytes before the SSRCs: feedback header, identifier, count and bitrate. */
const REMB_HEADER_SIZE = FEEDBACK_HEADER_SIZE + 8;

const MANTISSA_BITS = 18;
const MAX_SSRCS = 255;

/** Whether the application layer feedback at `offset` is a REMB; others use the same format number. */
export function isRemb(buffer: Uint8Array, offset: number, end: number): boolean {
  const identifier = offset + FEEDBACK_HEADER_SIZE;

  return identifier + 4 <= end && readUint32(buffer, identifier) === REMB_IDENTIFIER;
}

export function parseRemb(buffer: Uint8Array, offset: number, end: number): Remb | undefined {
  const first = offset + REMB_HEADER_SIZE;

  if (first > end) {
    return undefined;
  }

  const count = buffer[first - 4]!;
  const rate = readUint24(buffer, first - 3);

  if (first + 4 * count > end) {
    return undefined;
  }

  return {
    type: 'remb',
    senderSsrc: readUint32(buffer, offset + 4),
    bitrate: (rate & 0x3ffff) * 2 ** (rate >>> MANTISSA_BITS),
    ssrcs: Array.from({ length: count }, (_, index) => readUint32(buffer, first + 4 * index)),
  };
}

/** Writes a REMB for the first 255 of `ssrcs`, its bitrate rounded down to 18 significant bits; returns its bytes. */
export function writeRemb(
  out: Uint8Array,
  offset: number,
  senderSsrc: number,
  bitrate: number,
  ssrcs: readonly number[],
): number {
  const named = ssrcs.slice(0, MAX_SSRCS);
  const first = offset + REMB_HEADER_SIZE;
  const size = REMB_HEADER_SIZE + 4 * named.length;
  let mantissa = Math.floor(bitrate);
  let exponent = 0;

  while (mantissa >= 2 ** MANTISSA_BITS) {
    mantissa = Math.floor(mantissa / 2);
    exponent++;
  }

  writeRtcpHeader(out, offset, FeedbackFormat.APPLICATION, RtcpType.PAYLOAD_FEEDBACK, size);
  writeUint32(out, offset + 4, senderSsrc);
  writeUint32(out, offset + 8, 0);
  writeUint32(out, offset + FEEDBACK_HEADER_SIZE, REMB_IDENTIFIER);
  out[first - 4] = named.length;
  writeUint24(out, first - 3, (exponent << MANTISSA_BITS) | mantissa);
  named.forEach((ssrc, index) => writeUint32(out, first + 4 * index, ssrc));
  return size;
}
