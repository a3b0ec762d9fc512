import { sequenceDiff } from '../sequence.js';
import { BitReader } from './bit-reader.js';
import { FLAG_BITS, MANDATORY_BITS, type DependencyDescriptor } from './dependency-descriptor.js';
import {
  MAX_FRAME_DIFFS,
  parseFrameDependencyStructure,
  type FrameDependencyStructure,
  type FrameTemplate,
} from './frame-dependency-structure.js';

/** Bytes of a descriptor that has the mandatory fields only. */
const MANDATORY_SIZE = MANDATORY_BITS / 8;
/** A frame so many behind that of the structure in force is a late one; further back, the sender began anew. */
const MAX_LATE_FRAMES = 256;
const MAX_DECODE_TARGETS = 32;

/**
 * Parses the dependency descriptors of one stream.
 *
 * Key frames bring a structure that the descriptors behind them refer to: the parser keeps the latest, and the mask of
 * active decode targets, which too is told only when it changes. Packets without a structure of their own are parsed
 * without allocating.
 */
export class DependencyDescriptorParser {
  readonly #reader = new BitReader();
  readonly #customIndications = new Uint8Array(MAX_DECODE_TARGETS);
  readonly #customFrameDiffs = new Uint16Array(MAX_FRAME_DIFFS);
  readonly #customChainDiffs = new Uint8Array(MAX_DECODE_TARGETS);
  #structure: FrameDependencyStructure | undefined;
  #structureFrame = 0;
  #activeDecodeTargets = 0;
  #activeFrame = 0;
  #out: DependencyDescriptor | undefined;

  /** The structure in force; undefined before the first. */
  get structure(): FrameDependencyStructure | undefined {
    return this.#structure;
  }

  /**
   * Parses the element that `findExtension` found.
   *
   * @returns An object that is used again for the next packet; undefined when the element is malformed, or refers to a
   *   structure that did not come.
   */
  parse(buffer: Uint8Array, offset: number, length: number): DependencyDescriptor | undefined {
    const reader = this.#reader;

    reader.reset(buffer, offset, length);

    const firstPacketInFrame = reader.readFlag();
    const lastPacketInFrame = reader.readFlag();
    const templateId = reader.read(6);
    const frameNumber = reader.read(16);
    const flags = length > MANDATORY_SIZE ? reader.read(FLAG_BITS) : 0;
    const isKeyFrame = (flags & 0x10) !== 0;
    const structure = isKeyFrame ? this.#readStructure(frameNumber) : this.#structure;

    if (!structure || reader.exhausted) {
      return undefined;
    }

    const maskPosition = Math.max(reader.position, MANDATORY_BITS + FLAG_BITS);
    const hasMask = (flags & 0x08) !== 0;
    const mask = hasMask ? reader.read(structure.decodeTargetCount) : this.#maskFor(structure);
    const definitionPosition = Math.max(reader.position, MANDATORY_BITS + FLAG_BITS);
    const template = structure.templates[(templateId + 64 - structure.templateIdOffset) % 64];

    if (!template) {
      return undefined;
    }

    const out = (this.#out ??= createDescriptor(structure, template));

    out.firstPacketInFrame = firstPacketInFrame;
    out.lastPacketInFrame = lastPacketInFrame;
    out.frameNumber = frameNumber;
    out.structure = structure;
    out.isKeyFrame = isKeyFrame;
    out.spatialLayer = template.spatialLayer;
    out.temporalLayer = template.temporalLayer;
    out.activeDecodeTargets = mask;
    out.maskPosition = maskPosition;
    out.definitionPosition = definitionPosition;

    if (!this.#readDefinition(flags, template, structure, out)) {
      return undefined;
    }

    out.endPosition = Math.max(reader.position, MANDATORY_BITS + FLAG_BITS);
    this.#keep(structure, frameNumber, mask, hasMask || isKeyFrame);
    return out;
  }

  /** A key frame that came before has the same structure when it comes again: users compare them. */
  #readStructure(frameNumber: number): FrameDependencyStructure | undefined {
    const structure = parseFrameDependencyStructure(this.#reader);
    const known = this.#structure;
    const isKnown =
      frameNumber === this.#structureFrame && structure?.templateIdOffset === known?.templateIdOffset;

    return structure && known && isKnown ? known : structure;
  }

  /** A structure says that all its decode targets are active, until a mask says otherwise. */
  #maskFor(structure: FrameDependencyStructure): number {
    return structure === this.#structure ? this.#activeDecodeTargets : allTargets(structure);
  }

  /** What the descriptor tells itself instead of referring to the template. False when it is malformed. */
  #readDefinition(
    flags: number,
    template: FrameTemplate,
    structure: FrameDependencyStructure,
    out: DependencyDescriptor,
  ): boolean {
    const reader = this.#reader;

    out.indications = template.indications;
    out.frameDiffs = template.frameDiffs;
    out.frameDiffCount = template.frameDiffs.length;
    out.chainDiffs = template.chainDiffs;

    if (flags & 0x04) {
      out.indications = this.#customIndications;

      for (let target = 0; target < structure.decodeTargetCount; target++) {
        out.indications[target] = reader.read(2);
      }
    }
    if (flags & 0x02) {
      out.frameDiffs = this.#customFrameDiffs;
      out.frameDiffCount = 0;

      for (let size = reader.read(2); size > 0; size = reader.read(2)) {
        if (out.frameDiffCount === MAX_FRAME_DIFFS) {
          return false;
        }

        out.frameDiffs[out.frameDiffCount++] = reader.read(4 * size) + 1;
      }
    }
    if (flags & 0x01) {
      out.chainDiffs = this.#customChainDiffs;

      for (let chain = 0; chain < structure.chainCount; chain++) {
        out.chainDiffs[chain] = reader.read(8);
      }
    }

    return !reader.exhausted;
  }

  /** Keeps the news of the descriptor, unless newer ones came already. */
  #keep(structure: FrameDependencyStructure, frameNumber: number, mask: number, hasMask: boolean): void {
    if (structure !== this.#structure) {
      if (this.#structure && isLate(frameNumber, this.#structureFrame)) {
        return;
      }

      this.#structure = structure;
      this.#structureFrame = frameNumber;
    } else if (!hasMask || isLate(frameNumber, this.#activeFrame)) {
      return;
    }

    this.#activeDecodeTargets = mask;
    this.#activeFrame = frameNumber;
  }
}

function isLate(frameNumber: number, than: number): boolean {
  const distance = sequenceDiff(frameNumber, than);

  return distance < 0 && distance >= -MAX_LATE_FRAMES;
}

function allTargets(structure: FrameDependencyStructure): number {
  return 2 ** structure.decodeTargetCount - 1;
}

function createDescriptor(
  structure: FrameDependencyStructure,
  template: FrameTemplate,
): DependencyDescriptor {
  return {
    firstPacketInFrame: false,
    lastPacketInFrame: false,
    frameNumber: 0,
    structure,
    isKeyFrame: false,
    spatialLayer: 0,
    temporalLayer: 0,
    indications: template.indications,
    frameDiffs: template.frameDiffs,
    frameDiffCount: 0,
    chainDiffs: template.chainDiffs,
    activeDecodeTargets: 0,
    maskPosition: 0,
    definitionPosition: 0,
    endPosition: 0,
  };
}
