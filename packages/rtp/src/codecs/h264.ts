import { readUint16 } from '../bytes.js';

/** NAL unit types (ITU-T H.264 table 7-1) and payload structures (RFC 6184 section 5.2) that a forwarder looks at. */
export const NalUnitType = {
  IDR: 5,
  SPS: 7,
  STAP_A: 24,
  FU_A: 28,
} as const;

const FU_START = 0x80;

/**
 * Whether a packet starts a key frame: it holds a sequence parameter set or the start of an IDR slice, as a single NAL
 * unit, in a STAP-A or as the first part of an FU-A.
 */
export function isH264KeyFrameStart(buffer: Uint8Array, offset: number, length: number): boolean {
  if (length < 2) {
    return false;
  }

  const type = nalUnitType(buffer[offset]!);

  switch (type) {
    case NalUnitType.STAP_A:
      return isKeyFrameAggregate(buffer, offset + 1, offset + length);
    case NalUnitType.FU_A:
      return (buffer[offset + 1]! & FU_START) !== 0 && startsKeyFrame(nalUnitType(buffer[offset + 1]!));
    default:
      return startsKeyFrame(type);
  }
}

function isKeyFrameAggregate(buffer: Uint8Array, offset: number, end: number): boolean {
  let at = offset;

  while (at + 3 <= end) {
    if (startsKeyFrame(nalUnitType(buffer[at + 2]!))) {
      return true;
    }

    at += 2 + readUint16(buffer, at);
  }

  return false;
}

function startsKeyFrame(type: number): boolean {
  return type === NalUnitType.IDR || type === NalUnitType.SPS;
}

function nalUnitType(header: number): number {
  return header & 0x1f;
}
