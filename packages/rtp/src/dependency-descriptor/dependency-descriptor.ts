import type { FrameDependencyStructure } from './frame-dependency-structure.js';

/** What the dependency descriptor of one packet says of its frame (AV1 RTP specification, appendix A). */
export interface DependencyDescriptor {
  firstPacketInFrame: boolean;
  lastPacketInFrame: boolean;
  /** 16 bits, in decoding order, counted over all layers. */
  frameNumber: number;
  /** The structure in force for the frame. */
  structure: FrameDependencyStructure;
  /** The packet carries its structure: a coded video sequence starts here. */
  isKeyFrame: boolean;
  spatialLayer: number;
  temporalLayer: number;
  /** A `DecodeTargetIndication` per decode target. */
  indications: Uint8Array;
  /** How many frames back the frames lie that this one depends on: the first `frameDiffCount` elements. */
  frameDiffs: Uint16Array;
  frameDiffCount: number;
  /** Per chain, how many frames back its previous frame lies; 0 where the chain begins anew. */
  chainDiffs: Uint8Array;
  /** Bitmask of the decode targets that the sender sends at present. */
  activeDecodeTargets: number;
  /** In bits from the start of the element: where the mask of active decode targets stands, or would stand. */
  maskPosition: number;
  /** In bits: what follows the mask. */
  definitionPosition: number;
  /** In bits: the end of all that has a meaning. */
  endPosition: number;
}

/** Bits of the fields that every descriptor has. */
export const MANDATORY_BITS = 24;
/** Bits of the flags that follow them in a longer descriptor. */
export const FLAG_BITS = 5;
