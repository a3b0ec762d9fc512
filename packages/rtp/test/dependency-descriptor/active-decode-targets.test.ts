import { describe, expect, test } from 'vitest';
import {
  DependencyDescriptorParser,
  decodeTargetsUpTo,
  MAX_MASK_GROWTH,
  writeActiveDecodeTargets,
} from '../../src/index.js';
import { CHROMIUM_L3T3_KEY_FRAME } from './descriptors.js';

/** Parses an element behind Chromium's key frame, gives it another mask, and parses it again. */
function rewrite(element: Uint8Array, mask: number) {
  const parser = new DependencyDescriptorParser();

  parser.parse(CHROMIUM_L3T3_KEY_FRAME, 0, CHROMIUM_L3T3_KEY_FRAME.length);

  const parsed = parser.parse(element, 0, element.length)!;
  const before = structuredClone(parsed);
  const out = new Uint8Array(element.length + MAX_MASK_GROWTH + 2).fill(0xee);
  const size = writeActiveDecodeTargets(parsed, element, 0, element.length, mask, out, 1);
  const receiver = new DependencyDescriptorParser();

  receiver.parse(CHROMIUM_L3T3_KEY_FRAME, 0, CHROMIUM_L3T3_KEY_FRAME.length);

  return { before, size, bytes: out.subarray(1, 1 + size), after: receiver.parse(out, 1, size) };
}

describe('writeActiveDecodeTargets()', () => {
  test('adds a mask to a descriptor that has only what all have', () => {
    const { before, size, bytes, after } = rewrite(Buffer.from('860173', 'hex'), 0x03f);

    // Just as Chromium writes it.
    expect(Buffer.from(bytes).toString('hex')).toBe('86017340fc');
    expect(size).toBe(5);
    expect(after).toMatchObject({ frameNumber: before.frameNumber, activeDecodeTargets: 0x03f });
  });

  test('replaces a mask', () => {
    const { bytes } = rewrite(Buffer.from('86017340fc', 'hex'), 0x007);

    expect(Buffer.from(bytes).toString('hex')).toBe('860173401c');
  });

  test('keeps the structure of a key frame', () => {
    const { before, after, size } = rewrite(CHROMIUM_L3T3_KEY_FRAME, 0x007);

    expect(after?.activeDecodeTargets).toBe(0x007);
    expect(after?.structure).toEqual(before.structure);
    expect(size).toBeLessThanOrEqual(CHROMIUM_L3T3_KEY_FRAME.length + MAX_MASK_GROWTH);
  });

  test('keeps what a descriptor tells itself', () => {
    // Custom frame differences: 2 of size 1, 256 of size 2, the end.
    const element = Uint8Array.of(0x86, 0x01, 0x73, 0b0001_0010, 0b0011_0111, 0b1111_1000);
    const { before, after } = rewrite(element, 0x001);

    expect([...before.frameDiffs.subarray(0, before.frameDiffCount)]).toEqual([2, 256]);
    expect(after).toEqual({
      ...before,
      activeDecodeTargets: 0x001,
      definitionPosition: before.definitionPosition + 9,
      endPosition: before.endPosition + 9,
    });
  });
});

describe('decodeTargetsUpTo()', () => {
  test('leaves out what needs a higher layer', () => {
    const parser = new DependencyDescriptorParser();
    const { structure } = parser.parse(CHROMIUM_L3T3_KEY_FRAME, 0, CHROMIUM_L3T3_KEY_FRAME.length)!;

    expect(decodeTargetsUpTo(structure, 2, 2)).toBe(0x1ff);
    expect(decodeTargetsUpTo(structure, 1, 0)).toBe(0b000_001_001);
    expect(decodeTargetsUpTo(structure, -1, 2)).toBe(0);
  });
});
