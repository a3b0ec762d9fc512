import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVp8Descriptor, isVp8KeyFrameStart, parseVp8Descriptor } from '../../src/index.js';

function parse(...bytes: number[]) {
  const out = createVp8Descriptor();

  return parseVp8Descriptor(Uint8Array.from(bytes), 0, bytes.length, out) ? out : undefined;
}

describe('parseVp8Descriptor()', () => {
  test('reads the descriptor of one byte', () => {
    expect(parse(0x10, 0)).toMatchObject({ size: 1, startOfPartition: true, partition: 0, pictureId: -1 });
  });

  test('reads all fields of a full descriptor', () => {
    expect(parse(0xb5, 0xf0, 0x92, 0x34, 0x56, 0xb1, 0)).toEqual({
      size: 6,
      nonReference: true,
      startOfPartition: true,
      partition: 5,
      pictureId: 0x1234,
      pictureIdBits: 15,
      tl0PictureIndex: 0x56,
      temporalLayer: 2,
      layerSync: true,
      keyIndex: 0x11,
    });
  });

  test('reads a picture id of seven bits', () => {
    expect(parse(0x90, 0x80, 0x7f)).toMatchObject({ size: 3, pictureId: 0x7f, pictureIdBits: 7 });
  });

  test('reads a key index without a temporal layer', () => {
    expect(parse(0x90, 0x10, 0x1f)).toMatchObject({ size: 3, temporalLayer: -1, keyIndex: 0x1f });
  });

  test('forgets what an earlier packet had', () => {
    const out = createVp8Descriptor();

    parseVp8Descriptor(Uint8Array.of(0xb5, 0xf0, 0x92, 0x34, 0x56, 0xb1), 0, 6, out);
    parseVp8Descriptor(Uint8Array.of(0x10), 0, 1, out);

    expect(out).toEqual({ ...createVp8Descriptor(), size: 1, startOfPartition: true });
  });

  test.each([[[]], [[0x90]], [[0x90, 0x80]], [[0x90, 0x80, 0x80]], [[0x90, 0x40]], [[0x90, 0x20]]])(
    'refuses the short payload %j',
    (bytes) => {
      expect(parse(...bytes)).toBeUndefined();
    },
  );

  test('reads only within the payload, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10 }), (bytes) => {
        const out = createVp8Descriptor();

        if (parseVp8Descriptor(bytes, 0, bytes.length, out)) {
          expect(out.size).toBeLessThanOrEqual(bytes.length);
          expect(out.pictureId).not.toBeNaN();
        }
      }),
      { seed: 12, numRuns: 500 },
    );
  });
});

describe('isVp8KeyFrameStart()', () => {
  const detect = (...bytes: number[]) => isVp8KeyFrameStart(Uint8Array.from(bytes), 0, bytes.length);

  test('knows a key frame by the P bit of its first packet', () => {
    expect(detect(0x10, 0x00)).toBe(true);
    expect(detect(0x10, 0x01)).toBe(false);
    expect(detect(0x90, 0x80, 0x92, 0x34, 0x10)).toBe(true);
  });

  test('does not take later packets or partitions for starts', () => {
    expect(detect(0x00, 0x00)).toBe(false);
    expect(detect(0x11, 0x00)).toBe(false);
  });

  test('does not take a descriptor without payload for a start', () => {
    expect(detect(0x10)).toBe(false);
    expect(detect()).toBe(false);
  });
});
