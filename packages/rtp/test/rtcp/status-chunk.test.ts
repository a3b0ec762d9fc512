import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkSize, chunkStatus, codeChunk, nextChunkSize } from '../../src/rtcp/status-chunk.js';

/** Codes statuses into chunks. */
function code(statuses: readonly number[]): number[] {
  const chunks: number[] = [];

  for (let at = 0; at < statuses.length;) {
    const count = nextChunkSize(statuses, at);

    chunks.push(codeChunk(statuses, at, count));
    at += count;
  }

  return chunks;
}

/** Reads statuses from chunks; the last chunk may hold more than were coded. */
function decode(chunks: readonly number[]): number[] {
  return chunks.flatMap((chunk) =>
    Array.from({ length: chunkSize(chunk) }, (_, index) => chunkStatus(chunk, index)),
  );
}

describe('status chunks', () => {
  test.each([
    ['a run', new Array<number>(20).fill(1), [0x2014]],
    ['small deltas and losses, one bit each', [1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1], [0xac41]],
    ['large deltas, two bits each', [1, 2, 0, 0, 0, 0, 2], [0xd802]],
    ['a run that only just pays', [2, 2, 2, 2, 2, 2, 2, 2, 1], [0x4008, 0x2001]],
  ])('code %s', (_, statuses, chunks) => {
    expect(code(statuses)).toEqual(chunks);
  });

  test('are read as they were coded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 40 })), {
          maxLength: 60,
        }),
        (runs) => {
          const statuses = runs.flatMap(([status, length]) => new Array<number>(length).fill(status));

          expect(decode(code(statuses)).slice(0, statuses.length)).toEqual(statuses);
        },
      ),
      { seed: 17 },
    );
  });
});
