import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedPayload, MAX_RED_BLOCKS, parseRedPayload } from '../../src/index.js';

const OPUS = 111;
/** 20 ms at 48 kHz. */
const FRAME = 960;

/** The blocks of a payload that stands at an odd place of a larger buffer. */
function parse(payload: Uint8Array) {
  const out = createRedPayload();
  const buffer = new Uint8Array(payload.length + 20).fill(0xff);

  buffer.set(payload, 7);

  if (!parseRedPayload(buffer, 7, payload.length, out)) return undefined;

  return Array.from({ length: out.count }, (_, block) => ({
    payloadType: out.payloadTypes[block],
    timestampOffset: out.timestampOffsets[block],
    bytes: [...buffer.subarray(out.offsets[block], out.offsets[block]! + out.lengths[block]!)],
  }));
}

describe('parseRedPayload()', () => {
  test('finds the packet and what it repeats', () => {
    const payload = Uint8Array.of(0xef, 0x1e, 0x00, 0x02, 0xef, 0x0f, 0x00, 0x01, 0x6f, 1, 2, 3, 4, 5, 6);

    expect(parse(payload)).toEqual([
      { payloadType: OPUS, timestampOffset: 2 * FRAME, bytes: [1, 2] },
      { payloadType: OPUS, timestampOffset: FRAME, bytes: [3] },
      { payloadType: OPUS, timestampOffset: 0, bytes: [4, 5, 6] },
    ]);
  });

  test('finds a packet that repeats nothing, and one that is empty', () => {
    expect(parse(Uint8Array.of(OPUS, 9))).toEqual([{ payloadType: OPUS, timestampOffset: 0, bytes: [9] }]);
    expect(parse(Uint8Array.of(OPUS))?.[0]?.bytes).toEqual([]);
  });

  test.each([
    ['nothing', []],
    ['half a header', [0xef, 0, 0]],
    ['no last header', [0xef, 0, 0, 0]],
    ['a block that runs past the end', [0xef, 0, 0, 3, 0x6f, 1, 2]],
    ['too many blocks', [...Array<number[]>(MAX_RED_BLOCKS).fill([0xef, 0, 0, 0]).flat(), 0x6f, 1]],
  ])('refuses %s', (_, bytes) => {
    expect(parse(Uint8Array.from(bytes))).toBeUndefined();
  });

  test('finds only what lies within the payload, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const out = createRedPayload();

        if (!parseRedPayload(bytes, 0, bytes.length, out)) return;

        const last = out.count - 1;

        expect(out.offsets[last]! + out.lengths[last]!).toBe(bytes.length);
        for (let block = 0; block < last; block++) {
          expect(out.offsets[block]! + out.lengths[block]!).toBe(out.offsets[block + 1]);
        }
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});
