import { describe, expect, test } from 'vitest';
import { parseRtcp, writeSourceDescription } from '../../src/index.js';
import { roundTrip } from './round-trip.js';

describe('source descriptions', () => {
  test.each(['', 'a', 'ab', 'abc', 'abcd', 'näme', 'x'.repeat(255)])(
    'are read with the cname "%s"',
    (cname) => {
      expect(roundTrip((out, offset) => writeSourceDescription(out, offset, 7, cname))).toEqual({
        type: 'sourceDescription',
        chunks: [{ ssrc: 7, cname }],
      });
    },
  );

  test('cut a cname that is too long', () => {
    expect(roundTrip((out, offset) => writeSourceDescription(out, offset, 7, 'x'.repeat(300)))).toMatchObject(
      {
        chunks: [{ cname: 'x'.repeat(255) }],
      },
    );
  });

  test('are read with several sources and other items', () => {
    const tool = [6, 3, 0x61, 0x62, 0x63];
    const bytes = Uint8Array.from([
      ...[0x82, 202, 0, 7],
      ...[0, 0, 0, 1, ...tool, 1, 1, 0x7a, 0, 0, 0, 0],
      ...[0, 0, 0, 2, 1, 1, 0x79, 0],
      ...[0, 0, 0, 0],
    ]);

    expect(parseRtcp(bytes, 0, bytes.length)).toEqual({
      packets: [
        {
          type: 'sourceDescription',
          chunks: [
            { ssrc: 1, cname: 'z' },
            { ssrc: 2, cname: 'y' },
          ],
        },
      ],
      malformed: false,
    });
  });
});
