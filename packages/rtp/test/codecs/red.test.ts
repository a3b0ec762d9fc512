import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedPayload, MAX_RED_BLOCKS, parseRedPayload, RedEncoder } from '../../src/index.js';

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

/** Feeds packets to an encoder; gives the timestamp offsets and the first bytes of the blocks of each. */
function encode(...packets: { timestamp: number; payload: readonly number[] | Uint8Array }[]) {
  const encoder = new RedEncoder();
  const out = new Uint8Array(3000);

  return packets.map(({ timestamp, payload }) => {
    const size = encoder.encode(OPUS, timestamp, Uint8Array.from(payload), 0, payload.length, out, 5);

    return parse(out.slice(5, 5 + size))!.map((block) => [block.timestampOffset, block.bytes[0]]);
  });
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

describe('RedEncoder', () => {
  test('repeats the last two packets, the oldest first', () => {
    expect(
      encode(
        { timestamp: 0xffff_fff0, payload: [1, 1] },
        { timestamp: FRAME - 16, payload: [2] },
        { timestamp: 2 * FRAME - 16, payload: [3, 3, 3] },
        { timestamp: 3 * FRAME - 16, payload: [4] },
      ),
    ).toEqual([
      [[0, 1]],
      [
        [FRAME, 1],
        [0, 2],
      ],
      [
        [2 * FRAME, 1],
        [FRAME, 2],
        [0, 3],
      ],
      [
        [2 * FRAME, 2],
        [FRAME, 3],
        [0, 4],
      ],
    ]);
  });

  test('leaves out what is too old to be told, as after a pause', () => {
    expect(
      encode(
        { timestamp: 0, payload: [1] },
        { timestamp: FRAME, payload: [2] },
        { timestamp: 0x3fff + FRAME, payload: [3] },
        { timestamp: 0x7fff + FRAME, payload: [4] },
      ).slice(2),
    ).toEqual([
      [
        [0x3fff, 2],
        [0, 3],
      ],
      [[0, 4]],
    ]);
  });

  test('a late packet repeats nothing and is not repeated', () => {
    expect(
      encode(
        { timestamp: 2 * FRAME, payload: [2] },
        { timestamp: FRAME, payload: [1] },
        { timestamp: 3 * FRAME, payload: [3] },
      ).slice(1),
    ).toEqual([
      [[0, 1]],
      [
        [FRAME, 2],
        [0, 3],
      ],
    ]);
  });

  test('does not outgrow a packet', () => {
    const large = (first: number) => new Uint8Array(500).fill(first);

    expect(
      encode(
        { timestamp: 0, payload: large(1) },
        { timestamp: FRAME, payload: large(2) },
        { timestamp: 2 * FRAME, payload: large(3) },
        { timestamp: 3 * FRAME, payload: new Uint8Array(1100).fill(4) },
        { timestamp: 4 * FRAME, payload: [5] },
      ).slice(2),
    ).toEqual([
      [
        [FRAME, 2],
        [0, 3],
      ],
      [[0, 4]],
      [[0, 5]],
    ]);
  });
});
