import { describe, expect, test } from 'vitest';
import { canonicalMimeType, isSameMimeType } from '../../src/index.js';

describe('canonicalMimeType()', () => {
  test('spells known types as usual, and others in lower case', () => {
    expect(canonicalMimeType('VIDEO/h264')).toBe('video/H264');
    expect(canonicalMimeType('audio/OPUS')).toBe('audio/opus');
    expect(canonicalMimeType('Audio/G722')).toBe('audio/g722');
  });
});

describe('isSameMimeType()', () => {
  test('does not regard case', () => {
    expect(isSameMimeType('video/vp8', 'video/VP8')).toBe(true);
    expect(isSameMimeType('video/vp8', 'video/VP9')).toBe(false);
  });
});
