import { describe, expect, it } from 'vitest';
import { unwrap16, unwrap32 } from '../../src/sctp/tsn.js';

describe('unwrap32', () => {
  it.each([
    [5, 3, 5],
    [0, 0xffffffff, 0x100000000],
    [0xffffffff, 0x100000000, 0xffffffff],
    [0xffffffff, 0, -1],
    [2, 5 * 2 ** 32 - 1, 5 * 2 ** 32 + 2],
  ])('takes %i near %i as %i', (wire, near, expected) => {
    expect(unwrap32(wire, near)).toBe(expected);
  });
});

describe('unwrap16', () => {
  it.each([
    [5, 3, 5],
    [0, 0xffff, 0x10000],
    [0xffff, 0x10000, 0xffff],
    [0xffff, 0, -1],
    [2, 7 * 65536 - 1, 7 * 65536 + 2],
  ])('takes %i near %i as %i', (wire, near, expected) => {
    expect(unwrap16(wire, near)).toBe(expected);
  });
});
