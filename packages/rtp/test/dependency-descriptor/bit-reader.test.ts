import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BitReader } from '../../src/dependency-descriptor/bit-reader.js';
import { BitWriter } from '../../src/dependency-descriptor/bit-writer.js';

describe('BitReader and BitWriter', () => {
  test('read what was written, whatever the widths', () => {
    const number = fc
      .integer({ min: 1, max: 32 })
      .chain((bits) => fc.record({ bits: fc.constant(bits), value: fc.nat(2 ** Math.min(bits, 31) - 1) }));

    fc.assert(
      fc.property(fc.array(number, { maxLength: 20 }), (numbers) => {
        const bytes = new Uint8Array(100).fill(0xff);
        const writer = new BitWriter();
        const reader = new BitReader();

        writer.reset(bytes, 3);
        for (const { value, bits } of numbers) writer.write(value, bits);
        reader.reset(bytes, 3, writer.size);

        expect(numbers.map(({ bits }) => reader.read(bits))).toEqual(numbers.map(({ value }) => value));
        expect(reader.exhausted).toBe(false);
        expect(writer.size).toBe(Math.ceil(reader.position / 8));
        expect(bytes[3 + writer.size]).toBe(0xff);
      }),
      { seed: 3 },
    );
  });

  test('the highest of 32 bits is no sign', () => {
    const reader = new BitReader();

    reader.reset(Uint8Array.of(0xff, 0xff, 0xff, 0xfe), 0, 4);
    expect(reader.read(32)).toBe(0xffff_fffe);
  });

  test('a number that runs past the end reads as 0 and is told', () => {
    const reader = new BitReader();

    reader.reset(Uint8Array.of(0xff, 0xff), 0, 1);
    expect(reader.read(7)).toBe(127);
    expect(reader.read(2)).toBe(0);
    expect(reader.exhausted).toBe(true);
    expect(reader.readFlag()).toBe(false);
  });

  test('five values take two or three bits', () => {
    const reader = new BitReader();

    reader.reset(Uint8Array.of(0b0001_1011, 0b0111_0000), 0, 2);
    expect(Array.from({ length: 5 }, () => reader.readNonSymmetric(5))).toEqual([0, 1, 2, 3, 4]);
    expect(reader.position).toBe(12);
  });
});
