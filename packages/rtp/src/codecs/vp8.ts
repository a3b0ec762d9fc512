import { readUint16 } from '../bytes.js';

/** The VP8 payload descriptor (RFC 7741 section 4.2). Fields that a packet lacks are -1. */
export interface Vp8Descriptor {
  /** Bytes of the descriptor: the VP8 payload itself starts behind them. */
  size: number;
  /** No other frame depends on this one. */
  nonReference: boolean;
  /** The packet starts a partition. */
  startOfPartition: boolean;
  partition: number;
  /** Number of the frame, with `pictureIdBits` bits. */
  pictureId: number;
  /** 7 or 15; 0 without a picture id. */
  pictureIdBits: number;
  /** Number of the latest frame of temporal layer 0, 8 bits. */
  tl0PictureIndex: number;
  temporalLayer: number;
  /** The frame depends on layer 0 only: a receiver may switch up to its layer here. */
  layerSync: boolean;
  /** Number of the latest key frame, 5 bits. */
  keyIndex: number;
}

const EXTENDED = 0x80;
const NON_REFERENCE = 0x20;
const START_OF_PARTITION = 0x10;
const HAS_PICTURE_ID = 0x80;
const HAS_TL0_PICTURE_INDEX = 0x40;
const HAS_TEMPORAL_LAYER = 0x20;
const HAS_KEY_INDEX = 0x10;
const LONG_PICTURE_ID = 0x80;

/** An empty descriptor to parse into, again and again. */
export function createVp8Descriptor(): Vp8Descriptor {
  return {
    size: 0,
    nonReference: false,
    startOfPartition: false,
    partition: 0,
    pictureId: -1,
    pictureIdBits: 0,
    tl0PictureIndex: -1,
    temporalLayer: -1,
    layerSync: false,
    keyIndex: -1,
  };
}

/**
 * Parses the descriptor of a packet's payload into `out`, without allocating.
 *
 * @returns False when the payload is too short; `out` then holds nothing of use.
 */
export function parseVp8Descriptor(
  buffer: Uint8Array,
  offset: number,
  length: number,
  out: Vp8Descriptor,
): boolean {
  const size = vp8DescriptorSize(buffer, offset, length);

  if (size < 0) {
    return false;
  }

  const first = buffer[offset]!;
  const flags = first & EXTENDED ? buffer[offset + 1]! : 0;
  let at = offset + 2;

  out.size = size;
  out.nonReference = (first & NON_REFERENCE) !== 0;
  out.startOfPartition = (first & START_OF_PARTITION) !== 0;
  out.partition = first & 0x07;
  out.pictureId = -1;
  out.pictureIdBits = 0;
  out.tl0PictureIndex = -1;
  out.temporalLayer = -1;
  out.layerSync = false;
  out.keyIndex = -1;

  if (flags & HAS_PICTURE_ID) {
    const long = (buffer[at]! & LONG_PICTURE_ID) !== 0;

    out.pictureIdBits = long ? 15 : 7;
    out.pictureId = long ? readUint16(buffer, at) & 0x7fff : buffer[at]!;
    at += long ? 2 : 1;
  }
  if (flags & HAS_TL0_PICTURE_INDEX) {
    out.tl0PictureIndex = buffer[at++]!;
  }
  if (flags & HAS_TEMPORAL_LAYER) {
    out.temporalLayer = buffer[at]! >>> 6;
    out.layerSync = (buffer[at]! & 0x20) !== 0;
  }
  if (flags & HAS_KEY_INDEX) {
    out.keyIndex = buffer[at]! & 0x1f;
  }

  return true;
}

/** Whether a packet starts a key frame, by the descriptor and the P bit of the first byte behind it. */
export function isVp8KeyFrameStart(buffer: Uint8Array, offset: number, length: number): boolean {
  const size = vp8DescriptorSize(buffer, offset, length);

  if (size < 0 || size >= length) {
    return false;
  }

  const startsFrame = (buffer[offset]! & (START_OF_PARTITION | 0x07)) === START_OF_PARTITION;

  return startsFrame && (buffer[offset + size]! & 0x01) === 0;
}

/** Bytes of the descriptor, or -1 when the payload is too short for it. */
function vp8DescriptorSize(buffer: Uint8Array, offset: number, length: number): number {
  if (length < 1) {
    return -1;
  }
  if ((buffer[offset]! & EXTENDED) === 0) {
    return 1;
  }
  if (length < 2) {
    return -1;
  }

  const flags = buffer[offset + 1]!;
  let size = 2;

  if (flags & HAS_PICTURE_ID) {
    if (length <= size) {
      return -1;
    }

    size += buffer[offset + size]! & LONG_PICTURE_ID ? 2 : 1;
  }
  if (flags & HAS_TL0_PICTURE_INDEX) {
    size++;
  }
  if (flags & (HAS_TEMPORAL_LAYER | HAS_KEY_INDEX)) {
    size++;
  }

  return size <= length ? size : -1;
}
