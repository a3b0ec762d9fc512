import { readUint32, writeUint32 } from '../bytes.js';
import { RTCP_HEADER_SIZE, RtcpType, writeRtcpHeader } from './rtcp-header.js';

/** One source of a source description. Items other than CNAME are skipped. */
export interface SourceDescriptionChunk {
  ssrc: number;
  /** Canonical name: the same for all streams that are played in sync. Empty when the chunk has none. */
  cname: string;
}

/** A source description (RFC 3550 section 6.5). */
export interface SourceDescription {
  type: 'sourceDescription';
  chunks: SourceDescriptionChunk[];
}

const END_ITEM = 0;
const CNAME_ITEM = 1;
const MAX_ITEM_LENGTH = 255;

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export function parseSourceDescription(
  buffer: Uint8Array,
  offset: number,
  end: number,
  count: number,
): SourceDescription | undefined {
  const chunks: SourceDescriptionChunk[] = [];
  let at = offset + RTCP_HEADER_SIZE;

  for (let i = 0; i < count; i++) {
    if (at + 4 > end) {
      return undefined;
    }

    const chunk = { ssrc: readUint32(buffer, at), cname: '' };

    at += 4;

    while (at < end && buffer[at] !== END_ITEM) {
      const text = at + 2;

      if (text > end || text + buffer[at + 1]! > end) {
        return undefined;
      }

      const next = text + buffer[at + 1]!;

      if (buffer[at] === CNAME_ITEM) {
        chunk.cname = decoder.decode(buffer.subarray(text, next));
      }

      at = next;
    }

    if (at >= end) {
      return undefined;
    }

    // The list ends with one to four zeros: the next chunk starts at a multiple of four bytes.
    at += 4 - ((at - offset) % 4);
    chunks.push(chunk);
  }

  return { type: 'sourceDescription', chunks };
}

/** Writes a source description of one source; returns its bytes. Of `cname`, at most 255 bytes of UTF-8 are sent. */
export function writeSourceDescription(out: Uint8Array, offset: number, ssrc: number, cname: string): number {
  const text = encoder.encode(cname).subarray(0, MAX_ITEM_LENGTH);
  const items = offset + RTCP_HEADER_SIZE + 4;
  const unpadded = items - offset + 2 + text.length;
  const size = unpadded + 4 - (unpadded % 4);

  writeRtcpHeader(out, offset, 1, RtcpType.SOURCE_DESCRIPTION, size);
  writeUint32(out, offset + 4, ssrc);
  out[items] = CNAME_ITEM;
  out[items + 1] = text.length;
  out.set(text, items + 2);
  out.fill(END_ITEM, offset + unpadded, offset + size);
  return size;
}
