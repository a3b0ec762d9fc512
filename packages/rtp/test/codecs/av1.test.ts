import { expect, test } from 'vitest';
import { isAv1KeyFrameStart } from '../../src/index.js';

test('isAv1KeyFrameStart() knows the first packet of a coded video sequence', () => {
  const detect = (...bytes: number[]) => isAv1KeyFrameStart(Uint8Array.of(0xff, ...bytes), 1, bytes.length);

  // Chromium's first packet of a key frame: two elements, a new sequence.
  expect(detect(0x28, 0x0a)).toBe(true);
  expect(detect(0x50)).toBe(false);
  expect(detect(0x90, 0x08)).toBe(false);
  expect(detect()).toBe(false);
});
