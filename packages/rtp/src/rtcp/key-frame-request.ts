import { readUint32, writeUint32 } from '../bytes.js';
import { FEEDBACK_HEADER_SIZE, FeedbackFormat, RtcpType, writeRtcpHeader } from './rtcp-header.js';

/** A picture loss indication: the receiver cannot decode and wants a key frame (RFC 4585 section 6.3.1). */
export interface PictureLossIndication {
  type: 'pli';
  senderSsrc: number;
  mediaSsrc: number;
}

/** A full intra request: as a PLI, for several streams, numbered so that repetitions are told apart (RFC 5104). */
export interface FullIntraRequest {
  type: 'fir';
  senderSsrc: number;
  entries: FullIntraRequestEntry[];
}

export interface FullIntraRequestEntry {
  ssrc: number;
  /** Command number, 0–255: a new one is a new request. */
  sequence: number;
}

const FIR_ENTRY_SIZE = 8;

export function parsePli(buffer: Uint8Array, offset: number, end: number): PictureLossIndication | undefined {
  if (offset + FEEDBACK_HEADER_SIZE > end) {
    return undefined;
  }

  return {
    type: 'pli',
    senderSsrc: readUint32(buffer, offset + 4),
    mediaSsrc: readUint32(buffer, offset + 8),
  };
}

export function parseFir(buffer: Uint8Array, offset: number, end: number): FullIntraRequest | undefined {
  if (offset + FEEDBACK_HEADER_SIZE > end) {
    return undefined;
  }

  const entries: FullIntraRequestEntry[] = [];

  for (let at = offset + FEEDBACK_HEADER_SIZE; at + FIR_ENTRY_SIZE <= end; at += FIR_ENTRY_SIZE) {
    entries.push({ ssrc: readUint32(buffer, at), sequence: buffer[at + 4]! });
  }

  return { type: 'fir', senderSsrc: readUint32(buffer, offset + 4), entries };
}

/** Writes a PLI; returns its bytes. */
export function writePli(out: Uint8Array, offset: number, senderSsrc: number, mediaSsrc: number): number {
  writeRtcpHeader(out, offset, FeedbackFormat.PLI, RtcpType.PAYLOAD_FEEDBACK, FEEDBACK_HEADER_SIZE);
  writeUint32(out, offset + 4, senderSsrc);
  writeUint32(out, offset + 8, mediaSsrc);
  return FEEDBACK_HEADER_SIZE;
}

/** Writes a FIR; returns its bytes. */
export function writeFir(
  out: Uint8Array,
  offset: number,
  senderSsrc: number,
  entries: readonly FullIntraRequestEntry[],
): number {
  const size = FEEDBACK_HEADER_SIZE + entries.length * FIR_ENTRY_SIZE;

  writeRtcpHeader(out, offset, FeedbackFormat.FIR, RtcpType.PAYLOAD_FEEDBACK, size);
  writeUint32(out, offset + 4, senderSsrc);
  // RFC 5104 section 4.3.1.2: the media source of a FIR is 0, its entries name the streams.
  writeUint32(out, offset + 8, 0);

  entries.forEach(({ ssrc, sequence }, index) => {
    const at = offset + FEEDBACK_HEADER_SIZE + index * FIR_ENTRY_SIZE;

    writeUint32(out, at, ssrc);
    writeUint32(out, at + 4, (sequence & 0xff) << 24);
  });

  return size;
}
