import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVp9Descriptor, isVp9KeyFrameStart, parseVp9Descriptor } from '../../src/index.js';

function parse(...bytes: number[]) {
  const out = createVp9Descriptor();

  return parseVp9Descriptor(Uint8Array.from(bytes), 0, bytes.length, out) ? out : undefined;
}

describe('parseVp9Descriptor()', () => {
  test('reads the descriptor of one byte', () => {
    expect(parse(0x0c)).toEqual({ ...createVp9Descriptor(), startOfFrame: true, endOfFrame: true });
  });

  test('reads picture id, layers and the index of layer 0', () => {
    expect(parse(0xeb, 0x92, 0x34, 0x53, 0x78)).toEqual({
      pictureId: 0x1234,
      pictureIdBits: 15,
      interPicturePredicted: true,
      hasLayers: true,
      temporalLayer: 2,
      switchingUpPoint: true,
      spatialLayer: 1,
      interLayerPredicted: true,
      tl0PictureIndex: 0x78,
      flexibleMode: false,
      startOfFrame: true,
      endOfFrame: false,
      hasScalabilityStructure: true,
      notReferenceForHigherLayers: true,
    });
  });

  test('expects no index of layer 0 in flexible mode', () => {
    expect(parse(0xb0, 0x7f, 0x04)).toMatchObject({
      pictureId: 0x7f,
      pictureIdBits: 7,
      spatialLayer: 2,
      tl0PictureIndex: -1,
      flexibleMode: true,
    });
  });

  test.each([[[]], [[0x80]], [[0x80, 0x80]], [[0x20]], [[0x20, 0]], [[0xa0, 1]]])(
    'refuses the short payload %j',
    (bytes) => {
      expect(parse(...bytes)).toBeUndefined();
    },
  );

  test('reads only within the payload, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 8 }), (bytes) => {
        const alone = createVp9Descriptor();
        const surrounded = createVp9Descriptor();
        const buffer = new Uint8Array(32).fill(0xff);

        buffer.set(bytes, 5);

        expect(parseVp9Descriptor(buffer, 5, bytes.length, surrounded)).toBe(
          parseVp9Descriptor(bytes, 0, bytes.length, alone),
        );
        expect(surrounded).toEqual(alone);
      }),
      { seed: 13, numRuns: 500 },
    );
  });
});

describe('isVp9KeyFrameStart()', () => {
  const detect = (...bytes: number[]) => isVp9KeyFrameStart(Uint8Array.from(bytes), 0, bytes.length);

  test('knows the first packet of a picture that depends on no earlier one', () => {
    expect(detect(0x08)).toBe(true);
    expect(detect(0x28, 0x00, 0x00)).toBe(true);
  });

  test('does not take other packets for starts', () => {
    expect(detect(0x48)).toBe(false);
    expect(detect(0x04)).toBe(false);
    expect(detect(0x28, 0x02, 0x00)).toBe(false);
    expect(detect()).toBe(false);
  });
});
