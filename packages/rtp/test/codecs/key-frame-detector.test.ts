import { describe, expect, test } from 'vitest';
import { keyFrameDetector } from '../../src/index.js';

describe('keyFrameDetector()', () => {
  test.each([
    ['video/VP8', [0x10, 0x00], [0x10, 0x01]],
    ['video/vp9', [0x08, 0x00], [0x48, 0x00]],
    ['VIDEO/h264', [0x65, 0x00], [0x41, 0x00]],
    ['video/AV1', [0x28, 0x0a], [0x50, 0x00]],
  ])('detects the key frames of %s', (mimeType, key, delta) => {
    const detect = keyFrameDetector(mimeType);

    expect(detect(Uint8Array.from(key), 0, 2)).toBe(true);
    expect(detect(Uint8Array.from(delta), 0, 2)).toBe(false);
  });

  test('takes every packet of audio for a start', () => {
    expect(keyFrameDetector('audio/opus')(new Uint8Array(0), 0, 0)).toBe(true);
  });
});
