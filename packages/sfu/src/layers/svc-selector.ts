import {
  createVp9Descriptor,
  decodeTargetsUpTo,
  DependencyDescriptorParser,
  MAX_MASK_GROWTH,
  parseVp9Descriptor,
  writeActiveDecodeTargets,
  type DependencyDescriptor,
  type FrameDependencyStructure,
  type Vp9Descriptor,
} from '@parley/rtp';
import type { SourcePacket } from '../source-packet.js';
import { DependencyDescriptorSelector } from './dependency-descriptor-selector.js';
import { ALL_LAYERS, NO_LAYER, Selection } from './selection.js';
import { Vp9Selector } from './vp9-selector.js';

/** By what the layers of a stream are told apart. */
const Basis = {
  /** By nothing: all packets are forwarded. */
  NONE: 0,
  VP9_DESCRIPTOR: 1,
  DEPENDENCY_DESCRIPTOR: 2,
} as const;

/** VP9 descriptors are parsed into this, one packet at a time. */
const vp9: Vp9Descriptor = createVp9Descriptor();

/**
 * Chooses, for one subscriber, the packets of a stream that has its layers in it (SVC), and rewrites their dependency
 * descriptors so that the subscriber does not wait for what it does not get.
 *
 * Goes by the dependency descriptor where the publisher sends it, else by VP9's payload descriptor; other streams are
 * forwarded whole.
 */
export class SvcSelector {
  readonly #maxSpatialLayer: number;
  readonly #byDependencies = new DependencyDescriptorSelector();
  readonly #byPayload = new Vp9Selector();
  #parser = new DependencyDescriptorParser();
  #basis: (typeof Basis)[keyof typeof Basis] = Basis.NONE;
  /** The decode targets that the subscriber can have, of those that the publisher has active, and what they were made of. */
  #decodeTargets = 0;
  #activeDecodeTargets = 0;
  #structure: FrameDependencyStructure | undefined;
  #spatialLayer: number = NO_LAYER;
  #temporalLayer: number = NO_LAYER;
  /** Whether the subscriber was told of fewer decode targets than the publisher's since the last structure. */
  #isRestricted = false;

  /** @param maxSpatialLayer What the subscriber can tell apart, whatever the target is. */
  constructor(maxSpatialLayer: number = ALL_LAYERS) {
    this.#maxSpatialLayer = maxSpatialLayer;
  }

  /** The highest layer forwarded at present; `NO_LAYER` before the start. */
  get spatialLayer(): number {
    switch (this.#basis) {
      case Basis.DEPENDENCY_DESCRIPTOR:
        return this.#byDependencies.spatialLayer;
      case Basis.VP9_DESCRIPTOR:
        return this.#byPayload.spatialLayer;
      default:
        return 0;
    }
  }

  /** Whether only a key frame brings it to where the target is. */
  get needsKeyFrame(): boolean {
    switch (this.#basis) {
      case Basis.DEPENDENCY_DESCRIPTOR:
        return this.#byDependencies.needsKeyFrame;
      case Basis.VP9_DESCRIPTOR:
        return this.#byPayload.needsKeyFrame;
      default:
        return false;
    }
  }

  /** At most these layers from now on, or from where the stream allows it. */
  setTarget(spatialLayer: number, temporalLayer: number): void {
    const reachable = Math.min(spatialLayer, this.#maxSpatialLayer);
    this.#byDependencies.setTarget(reachable, temporalLayer);
    this.#byPayload.setTarget(reachable, temporalLayer);
  }

  /** A stream begins with this packet, in which a key frame starts: `select` it next. */
  start(packet: SourcePacket, isVp9: boolean): void {
    // Another one, as a stream's frame numbers and structures say nothing about another's.
    this.#parser = new DependencyDescriptorParser();
    this.#byDependencies.restart();
    this.#byPayload.restart();
    this.#structure = undefined;
    this.#isRestricted = false;
    if (this.#parse(packet)?.isKeyFrame === true) this.#basis = Basis.DEPENDENCY_DESCRIPTOR;
    else this.#basis = isVp9 ? Basis.VP9_DESCRIPTOR : Basis.NONE;
  }

  /** Decides on one packet: on those of the same frame alike. */
  select(packet: SourcePacket): Selection {
    // All padding: of use to the publisher's path only.
    if (packet.payloadSize === 0) return Selection.DROP;
    switch (this.#basis) {
      case Basis.DEPENDENCY_DESCRIPTOR:
        return this.#selectByDependencies(packet);
      case Basis.VP9_DESCRIPTOR:
        return parseVp9Descriptor(packet.pool, packet.payloadOffset, packet.payloadSize, vp9)
          ? this.#byPayload.select(vp9)
          : Selection.DROP;
      default:
        return Selection.FORWARD;
    }
  }

  /** Bytes that `writeDescriptor` writes at most; 0 where the packet has no dependency descriptor. */
  maxDescriptorSize({ dependencySize }: SourcePacket): number {
    const hasOne = this.#basis === Basis.DEPENDENCY_DESCRIPTOR && dependencySize > 0;
    return hasOne ? dependencySize + MAX_MASK_GROWTH : 0;
  }

  /** Writes the dependency descriptor of a packet that is forwarded; returns its bytes. */
  writeDescriptor(packet: SourcePacket, out: Uint8Array, offset: number): number {
    const { pool, dependencyOffset, dependencySize } = packet;
    const descriptor = this.#isRestricted ? this.#parse(packet) : undefined;
    if (descriptor === undefined || descriptor.structure !== this.#structure) {
      for (let index = 0; index < dependencySize; index++)
        out[offset + index] = pool[dependencyOffset + index]!;
      return dependencySize;
    }
    return writeActiveDecodeTargets(
      descriptor,
      pool,
      dependencyOffset,
      dependencySize,
      this.#decodeTargets,
      out,
      offset,
    );
  }

  #parse({ pool, dependencyOffset, dependencySize }: SourcePacket): DependencyDescriptor | undefined {
    return dependencySize > 0 ? this.#parser.parse(pool, dependencyOffset, dependencySize) : undefined;
  }

  #selectByDependencies(packet: SourcePacket): Selection {
    const descriptor = this.#parse(packet);
    if (!descriptor) return Selection.DROP;
    const selection = this.#byDependencies.select(descriptor, packet.timestamp);
    if (selection !== Selection.DROP) this.#followDecodeTargets(descriptor);
    return selection;
  }

  #followDecodeTargets({ structure, activeDecodeTargets }: DependencyDescriptor): void {
    const { spatialLayer, temporalLayer } = this.#byDependencies;
    const isSame =
      structure === this.#structure &&
      activeDecodeTargets === this.#activeDecodeTargets &&
      spatialLayer === this.#spatialLayer &&
      temporalLayer === this.#temporalLayer;
    if (isSame) return;
    // A structure says that all are active.
    if (structure !== this.#structure) this.#isRestricted = false;
    this.#structure = structure;
    this.#activeDecodeTargets = activeDecodeTargets;
    this.#spatialLayer = spatialLayer;
    this.#temporalLayer = temporalLayer;
    this.#decodeTargets = decodeTargetsUpTo(structure, spatialLayer, temporalLayer) & activeDecodeTargets;
    this.#isRestricted ||= this.#decodeTargets !== activeDecodeTargets;
  }
}
