import { readUint32, writeUint32 } from '../bytes.js';
import { RTCP_HEADER_SIZE, RtcpType, writeRtcpHeader } from './rtcp-header.js';

/** The end of streams (RFC 3550 section 6.6). The reason, if any, is skipped. */
export interface Goodbye {
  type: 'goodbye';
  ssrcs: number[];
}

/** Sources that one packet can name: its count has five bits. */
const MAX_SSRCS = 31;

export function parseGoodbye(
  buffer: Uint8Array,
  offset: number,
  end: number,
  count: number,
): Goodbye | undefined {
  const first = offset + RTCP_HEADER_SIZE;

  if (first + 4 * count > end) {
    return undefined;
  }

  return {
    type: 'goodbye',
    ssrcs: Array.from({ length: count }, (_, index) => readUint32(buffer, first + 4 * index)),
  };
}

/** Writes a goodbye for the first 31 of `ssrcs`; returns its bytes. */
export function writeGoodbye(out: Uint8Array, offset: number, ssrcs: readonly number[]): number {
  const named = ssrcs.slice(0, MAX_SSRCS);
  const size = RTCP_HEADER_SIZE + 4 * named.length;

  writeRtcpHeader(out, offset, named.length, RtcpType.GOODBYE, size);
  named.forEach((ssrc, index) => writeUint32(out, offset + RTCP_HEADER_SIZE + 4 * index, ssrc));
  return size;
}
