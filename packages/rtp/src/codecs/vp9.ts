import { readUint16 } from '../bytes.js';

/** The VP9 payload descriptor (RFC 9628 section 4.2), without its references and scalability structure. */
export interface Vp9Descriptor {
  /** Number of the picture, with `pictureIdBits` bits; -1 without one. */
  pictureId: number;
  /** 7 or 15; 0 without a picture id. */
  pictureIdBits: number;
  /** The frame depends on earlier pictures: false for key pictures. */
  interPicturePredicted: boolean;
  /** The layer indices are there; without them there is one layer. */
  hasLayers: boolean;
  temporalLayer: number;
  /** A receiver may switch up to this temporal layer here. */
  switchingUpPoint: boolean;
  spatialLayer: number;
  /** The frame depends on the lower spatial layer of the same picture. */
  interLayerPredicted: boolean;
  /** Number of the latest picture of temporal layer 0, 8 bits; -1 in flexible mode. */
  tl0PictureIndex: number;
  flexibleMode: boolean;
  startOfFrame: boolean;
  endOfFrame: boolean;
  /** The packet tells the scalability structure. */
  hasScalabilityStructure: boolean;
  /** No higher spatial layer depends on this frame. */
  notReferenceForHigherLayers: boolean;
}

const HAS_PICTURE_ID = 0x80;
const INTER_PICTURE_PREDICTED = 0x40;
const HAS_LAYERS = 0x20;
const FLEXIBLE_MODE = 0x10;
const START_OF_FRAME = 0x08;
const END_OF_FRAME = 0x04;
const HAS_SCALABILITY_STRUCTURE = 0x02;
const NOT_REFERENCE_FOR_HIGHER = 0x01;
const LONG_PICTURE_ID = 0x80;

/** An empty descriptor to parse into, again and again. */
export function createVp9Descriptor(): Vp9Descriptor {
  return {
    pictureId: -1,
    pictureIdBits: 0,
    interPicturePredicted: false,
    hasLayers: false,
    temporalLayer: 0,
    switchingUpPoint: false,
    spatialLayer: 0,
    interLayerPredicted: false,
    tl0PictureIndex: -1,
    flexibleMode: false,
    startOfFrame: false,
    endOfFrame: false,
    hasScalabilityStructure: false,
    notReferenceForHigherLayers: false,
  };
}

/**
 * Parses the descriptor of a packet's payload into `out`, without allocating.
 *
 * @returns False when the payload is too short; `out` then holds nothing of use.
 */
export function parseVp9Descriptor(
  buffer: Uint8Array,
  offset: number,
  length: number,
  out: Vp9Descriptor,
): boolean {
  if (length < 1) {
    return false;
  }

  const end = offset + length;
  const flags = buffer[offset]!;
  let at = offset + 1;

  out.pictureId = -1;
  out.pictureIdBits = 0;
  out.interPicturePredicted = (flags & INTER_PICTURE_PREDICTED) !== 0;
  out.hasLayers = (flags & HAS_LAYERS) !== 0;
  out.temporalLayer = 0;
  out.switchingUpPoint = false;
  out.spatialLayer = 0;
  out.interLayerPredicted = false;
  out.tl0PictureIndex = -1;
  out.flexibleMode = (flags & FLEXIBLE_MODE) !== 0;
  out.startOfFrame = (flags & START_OF_FRAME) !== 0;
  out.endOfFrame = (flags & END_OF_FRAME) !== 0;
  out.hasScalabilityStructure = (flags & HAS_SCALABILITY_STRUCTURE) !== 0;
  out.notReferenceForHigherLayers = (flags & NOT_REFERENCE_FOR_HIGHER) !== 0;

  if (flags & HAS_PICTURE_ID) {
    if (at >= end) {
      return false;
    }

    const long = (buffer[at]! & LONG_PICTURE_ID) !== 0;

    if (long && at + 2 > end) {
      return false;
    }

    out.pictureIdBits = long ? 15 : 7;
    out.pictureId = long ? readUint16(buffer, at) & 0x7fff : buffer[at]!;
    at += long ? 2 : 1;
  }
  if (out.hasLayers) {
    if (at >= end) {
      return false;
    }

    const layers = buffer[at++]!;

    out.temporalLayer = layers >>> 5;
    out.switchingUpPoint = (layers & 0x10) !== 0;
    out.spatialLayer = (layers >>> 1) & 0x07;
    out.interLayerPredicted = (layers & 0x01) !== 0;

    if (!out.flexibleMode) {
      if (at >= end) {
        return false;
      }

      out.tl0PictureIndex = buffer[at]!;
    }
  }

  return true;
}

const scratch = createVp9Descriptor();

/** Whether a packet starts a key picture: the lowest spatial layer of a picture that depends on no earlier one. */
export function isVp9KeyFrameStart(buffer: Uint8Array, offset: number, length: number): boolean {
  return (
    parseVp9Descriptor(buffer, offset, length, scratch) &&
    scratch.startOfFrame &&
    !scratch.interPicturePredicted &&
    scratch.spatialLayer === 0
  );
}
