import { BitWriter } from '../../src/dependency-descriptor/bit-writer.js';

/** A structure in the notation of the specification's examples. */
export interface StructureNotation {
  templateIdOffset: number;
  chainCount: number;
  /** The chain of each decode target. */
  protectedBy: readonly number[];
  /** In the order of their layers. Indications: one of `-DSR` per decode target. */
  templates: readonly {
    layers: readonly [spatial: number, temporal: number];
    indications: string;
    frameDiffs: readonly number[];
    chainDiffs: readonly number[];
  }[];
  resolutions?: readonly (readonly [width: number, height: number])[];
}

export interface DescriptorNotation {
  first?: boolean;
  last?: boolean;
  templateId: number;
  frameNumber: number;
  structure?: StructureNotation;
  mask?: number;
  /** As bits: of a mask, the count of decode targets. */
  targets?: number;
  indications?: string;
  frameDiffs?: readonly number[];
  chainDiffs?: readonly number[];
}

/** An element as Chromium sends it with the key frame of an AV1 stream of three spatial and three temporal layers. */
export const CHROMIUM_L3T3_KEY_FRAME = Buffer.from(
  'c1017280081485214eafffaaaa863cf0430c10c302afc0aaa0063c00430010c002a000a80006000040001d954926e082b04a0941b820' +
    'ac1282503157f974000ca864330e222222eca8655304224230eca877530077004200ef008601df010d',
  'hex',
);

/** The bytes of an element. */
export function writeDescriptor(descriptor: DescriptorNotation): Uint8Array {
  const { structure, mask, indications, frameDiffs, chainDiffs } = descriptor;
  const out = new Uint8Array(256);
  const writer = new BitWriter();
  const extended = structure ?? mask ?? indications ?? frameDiffs ?? chainDiffs;

  writer.reset(out, 0);
  writer.write(Number(descriptor.first ?? true), 1);
  writer.write(Number(descriptor.last ?? true), 1);
  writer.write(descriptor.templateId, 6);
  writer.write(descriptor.frameNumber, 16);

  if (extended !== undefined) {
    for (const part of [structure, mask, indications, frameDiffs, chainDiffs]) {
      writer.write(Number(part !== undefined), 1);
    }
    if (structure) writeStructure(writer, structure);
    if (mask !== undefined) writer.write(mask, descriptor.targets ?? structure?.protectedBy.length ?? 0);
    for (const indication of indications ?? '') writer.write('-DSR'.indexOf(indication), 2);
    if (frameDiffs) {
      for (const diff of frameDiffs) {
        const size = diff <= 16 ? 1 : diff <= 256 ? 2 : 3;

        writer.write(size, 2);
        writer.write(diff - 1, 4 * size);
      }

      writer.write(0, 2);
    }
    for (const diff of chainDiffs ?? []) writer.write(diff, 8);
  }

  return out.slice(0, writer.size);
}

function writeStructure(writer: BitWriter, structure: StructureNotation): void {
  const { templateIdOffset, templates, protectedBy, chainCount, resolutions } = structure;

  writer.write(templateIdOffset, 6);
  writer.write(protectedBy.length - 1, 5);
  templates.forEach(({ layers }, index) => {
    const next = templates[index + 1]?.layers;

    writer.write(!next ? 3 : next[0] > layers[0] ? 2 : next[1] > layers[1] ? 1 : 0, 2);
  });
  for (const { indications } of templates) {
    for (const indication of indications) writer.write('-DSR'.indexOf(indication), 2);
  }
  for (const { frameDiffs } of templates) {
    for (const diff of frameDiffs) writer.write(0x10 | (diff - 1), 5);
    writer.write(0, 1);
  }

  writeNonSymmetric(writer, protectedBy.length + 1, chainCount);

  if (chainCount > 0) {
    for (const chain of protectedBy) writeNonSymmetric(writer, chainCount, chain);
    for (const { chainDiffs } of templates) for (const diff of chainDiffs) writer.write(diff, 4);
  }

  writer.write(Number(resolutions !== undefined), 1);
  for (const [width, height] of resolutions ?? []) {
    writer.write(width - 1, 16);
    writer.write(height - 1, 16);
  }
}

function writeNonSymmetric(writer: BitWriter, count: number, value: number): void {
  const width = 32 - Math.clz32(count);
  const short = 2 ** width - count;

  if (value < short) writer.write(value, width - 1);
  else writer.write(value + short, width);
}
