import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseRtcp,
  writeTransportFeedback,
  type ArrivalReport,
  type TransportFeedback,
} from '../../src/index.js';

const MAX_SIZE = 1200;

function report(arrivals: readonly (readonly [sequence: number, microseconds: number])[]): ArrivalReport {
  return {
    senderSsrc: 1,
    mediaSsrc: 2,
    feedbackCount: 250,
    sequences: arrivals.map(([sequence]) => sequence),
    arrivals: arrivals.map(([, microseconds]) => microseconds),
    count: arrivals.length,
  };
}

/** Writes a report and reads all packets of it again. */
function roundTrip(input: ArrivalReport, maxSize = MAX_SIZE): TransportFeedback[] {
  const out = new Uint8Array(262_144);
  const sizes = writeTransportFeedback(out, 0, maxSize, input);
  const length = sizes.reduce((total, size) => total + size, 0);

  if (length === 0) {
    return [];
  }

  const { packets, malformed } = parseRtcp(out, 0, length);

  expect(malformed).toBe(false);
  expect(packets).toHaveLength(sizes.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(maxSize);
  return packets.filter((packet) => packet.type === 'transportFeedback');
}

function received(feedback: readonly TransportFeedback[]): [number, number][] {
  return feedback.flatMap(({ sequences, arrivals }) =>
    Array.from(sequences, (sequence, index): [number, number] => [sequence, arrivals[index] ?? Number.NaN]),
  );
}

describe('transport-wide feedback', () => {
  test('tells packets that arrived one after another', () => {
    const arrivals = Array.from({ length: 20 }, (_, i): [number, number] => [100 + i, 1_000_000 + 1000 * i]);
    const [feedback, ...others] = roundTrip(report(arrivals));

    expect(others).toEqual([]);
    expect(feedback).toMatchObject({
      senderSsrc: 1,
      mediaSsrc: 2,
      feedbackCount: 250,
      baseSequence: 100,
      statusCount: 20,
    });
    expect(received(feedback ? [feedback] : [])).toEqual(arrivals);
  });

  test('tells packets that were lost by leaving them out', () => {
    const [feedback] = roundTrip(
      report([
        [10, 0],
        [13, 250],
        [14, 500],
      ]),
    );

    expect(feedback).toMatchObject({ baseSequence: 10, statusCount: 5 });
    expect([...(feedback?.sequences ?? [])]).toEqual([10, 13, 14]);
  });

  test('sorts packets that came in another order, with negative deltas', () => {
    expect(
      received(
        roundTrip(
          report([
            [2, 1000],
            [1, 5000],
            [3, 2000],
            [2, 9000],
          ]),
        ),
      ),
    ).toEqual([
      [1, 5000],
      [2, 1000],
      [3, 2000],
    ]);
  });

  test('counts over the wrap of the sequence number', () => {
    const [feedback] = roundTrip(
      report([
        [65_534, 0],
        [1, 1000],
        [65_535, 2000],
      ]),
    );

    expect(feedback).toMatchObject({ baseSequence: 65_534, statusCount: 4 });
    expect([...(feedback?.sequences ?? [])]).toEqual([65_534, 65_535, 1]);
  });

  test('tells a long run of lost packets in few bytes', () => {
    const out = new Uint8Array(MAX_SIZE);
    const [size = 0] = writeTransportFeedback(
      out,
      0,
      MAX_SIZE,
      report([
        [0, 0],
        [30_000, 1000],
      ]),
    );

    expect(size).toBeLessThanOrEqual(40);
    expect(
      received(
        roundTrip(
          report([
            [0, 0],
            [30_000, 1000],
          ]),
        ),
      ),
    ).toEqual([
      [0, 0],
      [30_000, 1000],
    ]);
  });

  test('starts another packet, with the next count, where a delta does not fit', () => {
    const feedback = roundTrip(
      report([
        [1, 0],
        [2, 9_000_000],
        [3, 9_001_000],
      ]),
    );

    expect(feedback.map(({ feedbackCount, baseSequence }) => [feedbackCount, baseSequence])).toEqual([
      [250, 1],
      [251, 2],
    ]);
    expect(received(feedback)).toEqual([
      [1, 0],
      [2, 9_000_000],
      [3, 9_001_000],
    ]);
  });

  test('starts another packet where one would become too large', () => {
    const arrivals = Array.from({ length: 2000 }, (_, i): [number, number] => [i, i * 100_000]);
    const feedback = roundTrip(report(arrivals), 200);

    expect(feedback.length).toBeGreaterThan(20);
    expect(received(feedback)).toEqual(arrivals);
  });

  test('reports what fits the buffer', () => {
    const arrivals = Array.from({ length: 500 }, (_, i): [number, number] => [i, i * 1000]);
    const sizes = writeTransportFeedback(new Uint8Array(300), 0, 200, report(arrivals));

    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThanOrEqual(300);
  });

  test('tells losses before the first arrival, from the number on that it is given', () => {
    const input = { ...report([[3, 1000]]), baseSequence: 65_534 };
    const [feedback] = roundTrip(input);

    expect(feedback).toMatchObject({ baseSequence: 65_534, statusCount: 6 });
    expect([...(feedback?.sequences ?? [])]).toEqual([3]);
  });

  test('splits a run of arrivals that is too long for one packet', () => {
    const arrivals = Array.from({ length: 3000 }, (_, i): [number, number] => [i, i * 250]);

    expect(received(roundTrip(report(arrivals), 400))).toEqual(arrivals);
  });

  test('writes nothing when nothing arrived', () => {
    expect(roundTrip(report([]))).toEqual([]);
  });

  test('is read as it was written, under random loss, reordering and delay', () => {
    const packet = fc.record({
      lost: fc.boolean(),
      burst: fc.integer({ min: 1, max: 30 }),
      delay: fc.oneof(
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 60_000, max: 20_000_000 }),
        fc.integer({ min: -50_000, max: 0 }),
      ),
    });

    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 65_535 }),
        fc.array(packet, { maxLength: 300 }),
        fc.integer({ min: 40, max: MAX_SIZE }),
        (start, packets, maxSize) => {
          const truth: [number, number][] = [];
          let sequence = start;
          let time = 1_000_000;

          for (const { lost, burst, delay } of packets) {
            time = Math.max(time + delay, 0);
            sequence += burst;

            if (!lost) {
              truth.push([sequence & 0xffff, time]);
            }
          }

          const read = received(roundTrip(report(truth), maxSize));

          expect(read.map(([number]) => number)).toEqual(truth.map(([number]) => number));

          read.forEach(([, arrival], index) => {
            expect(Math.abs(arrival - (truth[index]?.[1] ?? Number.NaN))).toBeLessThanOrEqual(125);
          });
        },
      ),
      { seed: 11 },
    );
  });
});

describe('parsing transport-wide feedback', () => {
  const header = [0x8f, 205, 0, 5, 0, 0, 0, 1, 0, 0, 0, 2, 0, 100, 0, 3, 0, 0, 1, 7];

  test.each([
    ['an empty run', [0x00, 0x00, 0, 0]],
    ['chunks beyond the end', [0x00, 0x01, 0x00, 0x01]],
    ['deltas beyond the end', [0x20, 0x03, 1, 1]],
    ['the reserved status', [0x60, 0x03, 1, 1]],
  ])('refuses %s', (_, rest) => {
    const bytes = Uint8Array.from([...header, ...rest]);

    expect(parseRtcp(bytes, 0, bytes.length)).toEqual({ packets: [], malformed: true });
  });

  test('reads a two-bit vector chunk', () => {
    // Statuses: small delta, not received, large delta.
    const chunk = 0xc000 | (1 << 12) | (0 << 10) | (2 << 8);
    const bytes = Uint8Array.from([...header, chunk >>> 8, chunk & 0xff, 4, 0xff, 0xfe, 0, 0, 0]);

    bytes[3] = bytes.length / 4 - 1;

    expect(parseRtcp(bytes, 0, bytes.length).packets).toMatchObject([
      { feedbackCount: 7, sequences: Uint16Array.of(100, 102), arrivals: Float64Array.of(65_000, 64_500) },
    ]);
  });
});
