import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DependencyDescriptorParser } from '../../src/index.js';
import { CHROMIUM_L3T3_KEY_FRAME, writeDescriptor, type StructureNotation } from './descriptors.js';

/** Two spatial layers, one temporal, each decode target with a chain of its own. */
const L2T1: StructureNotation = {
  templateIdOffset: 60,
  chainCount: 2,
  protectedBy: [0, 1],
  templates: [
    { layers: [0, 0], indications: 'SS', frameDiffs: [], chainDiffs: [0, 0] },
    { layers: [0, 0], indications: 'SR', frameDiffs: [2], chainDiffs: [2, 1] },
    { layers: [1, 0], indications: '-S', frameDiffs: [1], chainDiffs: [1, 1] },
    { layers: [1, 0], indications: '-R', frameDiffs: [1, 2], chainDiffs: [1, 1] },
  ],
  resolutions: [
    [320, 180],
    [640, 360],
  ],
};

function parse(parser: DependencyDescriptorParser, bytes: Uint8Array) {
  const descriptor = parser.parse(bytes, 0, bytes.length);

  return descriptor && structuredClone(descriptor);
}

describe('DependencyDescriptorParser', () => {
  test("reads the structure of Chromium's three by three layers", () => {
    const descriptor = parse(new DependencyDescriptorParser(), CHROMIUM_L3T3_KEY_FRAME);

    expect(descriptor).toMatchObject({
      firstPacketInFrame: true,
      lastPacketInFrame: true,
      frameNumber: 0x0172,
      isKeyFrame: true,
      spatialLayer: 0,
      temporalLayer: 0,
      frameDiffCount: 0,
      activeDecodeTargets: 0x1ff,
    });
    expect(descriptor?.structure).toMatchObject({
      decodeTargetCount: 9,
      chainCount: 3,
      maxSpatialLayer: 2,
      maxTemporalLayer: 2,
      decodeTargetSpatialLayers: Uint8Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2),
      decodeTargetTemporalLayers: Uint8Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2),
      protectedBy: Uint8Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2),
      resolutions: [
        { width: 120, height: 67 },
        { width: 240, height: 135 },
        { width: 480, height: 270 },
      ],
    });
  });

  test('reads the frames behind it by that structure', () => {
    const parser = new DependencyDescriptorParser();

    parse(parser, CHROMIUM_L3T3_KEY_FRAME);
    expect(parse(parser, Buffer.from('860173', 'hex'))).toMatchObject({
      firstPacketInFrame: true,
      lastPacketInFrame: false,
      frameNumber: 0x0173,
      isKeyFrame: false,
      spatialLayer: 1,
      temporalLayer: 0,
      activeDecodeTargets: 0x1ff,
    });
    expect(parse(parser, Buffer.from('46017340fc', 'hex'))).toMatchObject({
      firstPacketInFrame: false,
      lastPacketInFrame: true,
      activeDecodeTargets: 0x03f,
    });
    // Kept until the next mask.
    expect(parse(parser, Buffer.from('8b0174', 'hex'))).toMatchObject({
      spatialLayer: 2,
      activeDecodeTargets: 0x03f,
    });
  });

  test('wraps template ids at 64', () => {
    const parser = new DependencyDescriptorParser();

    parse(parser, writeDescriptor({ templateId: 60, frameNumber: 1, structure: L2T1 }));
    expect(parse(parser, writeDescriptor({ templateId: 63, frameNumber: 2 }))).toMatchObject({
      spatialLayer: 1,
      indications: Uint8Array.of(0, 3),
      frameDiffs: Uint16Array.of(1, 2),
      frameDiffCount: 2,
      chainDiffs: Uint8Array.of(1, 1),
    });
    expect(parse(parser, writeDescriptor({ templateId: 0, frameNumber: 3 }))).toBeUndefined();
  });

  test('prefers what a descriptor tells itself to its template', () => {
    const parser = new DependencyDescriptorParser();

    parse(parser, writeDescriptor({ templateId: 60, frameNumber: 1, structure: L2T1 }));

    const descriptor = parse(
      parser,
      writeDescriptor({
        templateId: 61,
        frameNumber: 9,
        mask: 1,
        targets: 2,
        indications: 'S-',
        frameDiffs: [3, 200, 4000],
        chainDiffs: [200, 0],
      }),
    );

    expect(descriptor).toMatchObject({ spatialLayer: 0, activeDecodeTargets: 1, frameDiffCount: 3 });
    expect([...descriptor!.indications.subarray(0, 2)]).toEqual([2, 0]);
    expect([...descriptor!.frameDiffs.subarray(0, 3)]).toEqual([3, 200, 4000]);
    expect([...descriptor!.chainDiffs.subarray(0, 2)]).toEqual([200, 0]);
  });

  test('knows nothing before the first structure', () => {
    expect(parse(new DependencyDescriptorParser(), Uint8Array.of(0x86, 1, 0x73))).toBeUndefined();
  });

  test('a key frame that comes again keeps its structure, and the mask told since', () => {
    const parser = new DependencyDescriptorParser();

    parse(parser, CHROMIUM_L3T3_KEY_FRAME);

    const { structure } = parser;

    parse(parser, Buffer.from('46017340fc', 'hex'));
    parse(parser, CHROMIUM_L3T3_KEY_FRAME);
    expect(parser.structure).toBe(structure);
    expect(parse(parser, Buffer.from('8b0174', 'hex'))?.activeDecodeTargets).toBe(0x03f);
  });

  test('a late key frame replaces neither structure nor mask', () => {
    const parser = new DependencyDescriptorParser();
    const newer = { ...L2T1, templateIdOffset: 0 };

    parse(parser, writeDescriptor({ templateId: 0, frameNumber: 5, structure: newer, mask: 1 }));
    expect(parse(parser, writeDescriptor({ templateId: 60, frameNumber: 4, structure: L2T1 }))).toMatchObject(
      {
        frameNumber: 4,
        isKeyFrame: true,
        activeDecodeTargets: 3,
      },
    );
    expect(parse(parser, writeDescriptor({ templateId: 1, frameNumber: 6 }))).toMatchObject({
      activeDecodeTargets: 1,
    });
  });

  test('a sender that began anew is believed', () => {
    const parser = new DependencyDescriptorParser();

    parse(parser, writeDescriptor({ templateId: 60, frameNumber: 5000, structure: L2T1 }));
    parse(
      parser,
      writeDescriptor({ templateId: 0, frameNumber: 1, structure: { ...L2T1, templateIdOffset: 0 } }),
    );
    expect(parser.structure?.templateIdOffset).toBe(0);
  });

  test('a malformed structure leaves the one in force', () => {
    const parser = new DependencyDescriptorParser();
    const bytes = writeDescriptor({
      templateId: 0,
      frameNumber: 2,
      structure: { ...L2T1, templateIdOffset: 0 },
    });

    parse(parser, writeDescriptor({ templateId: 60, frameNumber: 1, structure: L2T1 }));

    for (let length = 0; length < bytes.length; length++) {
      expect(parse(parser, bytes.subarray(0, length))).toBeUndefined();
    }

    expect(parser.structure?.templateIdOffset).toBe(60);
  });

  test('reads only within the element, whatever its bytes', () => {
    const element = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.tuple(fc.nat(CHROMIUM_L3T3_KEY_FRAME.length - 1), fc.nat(7), fc.nat(100)).map(([at, bit, cut]) => {
        const bytes = Uint8Array.from(CHROMIUM_L3T3_KEY_FRAME);

        bytes[at]! ^= 1 << bit;
        return bytes.subarray(0, cut);
      }),
    );

    fc.assert(
      fc.property(element, (bytes) => {
        const buffer = new Uint8Array(256).fill(0xff);
        const alone = new DependencyDescriptorParser();
        const surrounded = new DependencyDescriptorParser();

        buffer.set(bytes, 9);

        for (const parser of [alone, surrounded]) {
          parser.parse(CHROMIUM_L3T3_KEY_FRAME, 0, CHROMIUM_L3T3_KEY_FRAME.length);
        }

        const descriptor = alone.parse(bytes, 0, bytes.length);

        expect(surrounded.parse(buffer, 9, bytes.length)).toEqual(descriptor);

        if (descriptor) {
          expect(descriptor.indications.length).toBeGreaterThanOrEqual(
            descriptor.structure.decodeTargetCount,
          );
          expect(descriptor.chainDiffs.length).toBeGreaterThanOrEqual(descriptor.structure.chainCount);
          expect(descriptor.endPosition).toBeLessThanOrEqual(Math.max(8 * bytes.length, 29));
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});
