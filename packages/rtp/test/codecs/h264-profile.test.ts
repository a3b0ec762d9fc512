import { describe, expect, test } from 'vitest';
import { h264Profile } from '../../src/index.js';

describe('h264Profile()', () => {
  test.each([
    ['42e01f', 'constrained-baseline'],
    ['42E034', 'constrained-baseline'],
    ['42c02a', 'constrained-baseline'],
    ['4d801f', 'constrained-baseline'],
    ['58f01f', 'constrained-baseline'],
    ['42001f', 'baseline'],
    ['42a01f', 'baseline'],
    ['58a01f', 'baseline'],
    ['4d001f', 'main'],
    ['4d400a', 'main'],
    ['640032', 'high'],
    ['640c1f', 'constrained-high'],
    ['f4001f', 'high-444'],
    [undefined, 'baseline'],
    ['640a1f', undefined],
    ['42e0', undefined],
    ['zzzzzz', undefined],
    ['', undefined],
  ])('of %s is %s', (profileLevelId, profile) => {
    expect(h264Profile(profileLevelId)).toBe(profile);
  });
});
