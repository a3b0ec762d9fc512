import { DecodeTargetIndication, sequenceDiff, type DependencyDescriptor } from '@parley/rtp';
import type { FrameDependencyStructure } from '@parley/rtp';
import { ALL_LAYERS, NO_LAYER, Selection } from './selection.js';

const NONE = -1;

/** Frames remembered: further back no chain reaches, and no frame that matters refers. A power of two. */
const REMEMBERED = 512;
const MASK = REMEMBERED - 1;

/** States of frames. Not yet seen ones may still come, and count as if they will. */
const UNSEEN = 0;
const FORWARDED = 1;
const DROPPED = 2;

/**
 * Chooses, for one subscriber, the packets of a stream with spatial and temporal layers by its dependency descriptors
 * (AV1 RTP specification, appendix A.6 and A.7): for AV1, and for VP9 where the publisher sends the descriptor.
 *
 * Per frame it takes the best decode target that is wanted, sent, and decodable: all frames of the chain that protects it
 * were forwarded. It never goes down in the middle of a picture, so that each has a marked end. Where the layers do not
 * build on each other between key frames, going down takes a key frame, and until then the higher layer goes on.
 */
export class DependencyDescriptorSelector {
  /** By the lowest bits of the frame number. */
  readonly #states = new Uint8Array(REMEMBERED).fill(DROPPED);
  #targetSpatialLayer: number = NO_LAYER;
  #targetTemporalLayer: number = ALL_LAYERS;
  #structure: FrameDependencyStructure | undefined;
  #newestFrame = NONE;
  #timestamp = NONE;
  #decodeTarget = NONE;
  /** Bitmask of chains of which no frame was left out. */
  #intactChains = 0;
  #missesLayer = true;

  /** The layers forwarded at present; `NO_LAYER` before the start. */
  get spatialLayer(): number {
    return this.#structure?.decodeTargetSpatialLayers[this.#decodeTarget] ?? NO_LAYER;
  }

  get temporalLayer(): number {
    return this.#structure?.decodeTargetTemporalLayers[this.#decodeTarget] ?? NO_LAYER;
  }

  /** A key frame is needed to go as high as wanted. */
  get needsKeyFrame(): boolean {
    return this.#targetSpatialLayer !== NO_LAYER && this.#missesLayer;
  }

  /** @param spatialLayer At most; `NO_LAYER` forwards nothing. */
  setTarget(spatialLayer: number, temporalLayer: number): void {
    if (spatialLayer > this.#targetSpatialLayer) this.#missesLayer = true;
    this.#targetSpatialLayer = spatialLayer;
    this.#targetTemporalLayer = temporalLayer;
  }

  /** Forwards nothing until the next key frame: what came before it counts as dropped. */
  restart(): void {
    this.#states.fill(DROPPED);
    this.#structure = undefined;
    this.#newestFrame = NONE;
    this.#timestamp = NONE;
    this.#decodeTarget = NONE;
    this.#intactChains = 0;
    this.#missesLayer = true;
  }

  /**
   * Decides on one packet; on packets of the same frame alike, also when they come again.
   *
   * @param timestamp Of its RTP header: the same for all layers of a picture.
   */
  select(descriptor: DependencyDescriptor, timestamp: number): Selection {
    const { frameNumber } = descriptor;
    let distance = this.#newestFrame === NONE ? 1 : sequenceDiff(frameNumber, this.#newestFrame);
    if (distance <= -REMEMBERED) {
      // The sender began anew, or the packet is too old to matter.
      if (!descriptor.isKeyFrame) return Selection.DROP;
      this.restart();
      distance = 1;
    }
    if (distance > 0) this.#begin(descriptor, distance, timestamp);
    else if (this.#state(frameNumber) === UNSEEN) this.#decide(descriptor);
    if (this.#state(frameNumber) !== FORWARDED) return Selection.DROP;
    const isEnd = descriptor.lastPacketInFrame && descriptor.spatialLayer === this.spatialLayer;
    return isEnd ? Selection.FORWARD_MARKED : Selection.FORWARD;
  }

  #state(frameNumber: number): number {
    return this.#states[frameNumber & MASK]!;
  }

  /** A frame newer than all: chains, then the decode target, then whether the frame belongs to it. */
  #begin(descriptor: DependencyDescriptor, distance: number, timestamp: number): void {
    const { frameNumber, structure } = descriptor;
    const skipped = this.#decodeTarget === NONE ? DROPPED : UNSEEN;
    for (let behind = Math.min(distance, REMEMBERED) - 1; behind > 0; behind--) {
      this.#states[(frameNumber - behind) & MASK] = skipped;
    }
    if (structure !== this.#structure) {
      this.#structure = structure;
      this.#decodeTarget = NONE;
      this.#intactChains = 0;
    }
    const isDecodable = this.#isDecodable(descriptor);
    this.#followChains(descriptor, isDecodable);
    const startsPicture = timestamp !== this.#timestamp;
    this.#decodeTarget = this.#chooseTarget(descriptor, startsPicture, isDecodable);
    this.#newestFrame = frameNumber;
    this.#timestamp = timestamp;
    this.#decide(descriptor);
  }

  #decide(descriptor: DependencyDescriptor): void {
    const target = this.#decodeTarget;
    const isPart = target !== NONE && descriptor.indications[target] !== DecodeTargetIndication.NOT_PRESENT;
    const isWanted = isPart && this.#isDecodable(descriptor);
    this.#states[descriptor.frameNumber & MASK] = isWanted ? FORWARDED : DROPPED;
  }

  /** Whether no frame that this one depends on was left out. */
  #isDecodable({ frameNumber, frameDiffs, frameDiffCount }: DependencyDescriptor): boolean {
    for (let index = 0; index < frameDiffCount; index++) {
      const diff = frameDiffs[index]!;
      if (diff < REMEMBERED && this.#state(frameNumber - diff) === DROPPED) return false;
    }
    return true;
  }

  /** Chains that protect no active decode target say nothing, and stay as they are. */
  #followChains(descriptor: DependencyDescriptor, isDecodable: boolean): void {
    const { structure, chainDiffs, activeDecodeTargets, frameNumber } = descriptor;
    let activeChains = 0;
    for (let target = 0; target < structure.decodeTargetCount; target++) {
      if ((activeDecodeTargets >>> target) & 1) activeChains |= 1 << structure.protectedBy[target]!;
    }
    for (let chain = 0; chain < structure.chainCount; chain++) {
      const bit = 1 << chain;
      if ((activeChains & bit) === 0) continue;
      const diff = chainDiffs[chain]!;
      if (diff === 0 && isDecodable) this.#intactChains |= bit;
      else if (diff > 0 && this.#state(frameNumber - diff) === DROPPED) this.#intactChains &= ~bit;
    }
  }

  #chooseTarget(descriptor: DependencyDescriptor, startsPicture: boolean, isDecodable: boolean): number {
    const { structure, activeDecodeTargets } = descriptor;
    const { decodeTargetSpatialLayers: spatial, decodeTargetTemporalLayers: temporal } = structure;
    let best = NONE;
    let highest: number = NO_LAYER;
    for (let target = 0; target < structure.decodeTargetCount; target++) {
      if (!this.#isWanted(structure, target, startsPicture)) continue;
      if (((activeDecodeTargets >>> target) & 1) === 0) continue;
      highest = Math.max(highest, spatial[target]!);
      if (!this.#isViable(descriptor, target, isDecodable)) continue;
      const difference =
        best === NONE ? 1 : spatial[target]! - spatial[best]! || temporal[target]! - temporal[best]!;
      if (difference > 0) best = target;
    }
    const current = this.#decodeTarget;
    // In the middle of a picture the present target counts as wanted, and says nothing.
    if (startsPicture || best !== current) this.#missesLayer = best === NONE || spatial[best]! < highest;
    const goesOn = best === NONE && current !== NONE && this.#targetSpatialLayer !== NO_LAYER;
    return goesOn && this.#isViable(descriptor, current, isDecodable) ? current : best;
  }

  /** Whether a target is within the wanted layers, or is the present one in the middle of a picture. */
  #isWanted(structure: FrameDependencyStructure, target: number, startsPicture: boolean): boolean {
    if (this.#targetSpatialLayer === NO_LAYER) return false;
    if (target === this.#decodeTarget && !startsPicture) return true;
    return (
      structure.decodeTargetSpatialLayers[target]! <= this.#targetSpatialLayer &&
      structure.decodeTargetTemporalLayers[target]! <= this.#targetTemporalLayer
    );
  }

  /** Whether a subscriber can decode this target from this frame on. */
  #isViable(descriptor: DependencyDescriptor, target: number, isDecodable: boolean): boolean {
    const { structure, indications } = descriptor;
    if (structure.chainCount > 0) return ((this.#intactChains >>> structure.protectedBy[target]!) & 1) === 1;
    return (
      target === this.#decodeTarget || (isDecodable && indications[target] === DecodeTargetIndication.SWITCH)
    );
  }
}
