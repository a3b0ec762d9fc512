import { expect, test } from 'vitest';
import { schedule } from '../src/floor/schedule.js';
import { meeting } from '../src/scenarios/meeting.js';

function rows(words: Uint32Array): number[][] {
  return Array.from({ length: words.length / 4 }, (_, row) => [...words.subarray(row * 4, row * 4 + 4)]);
}

test('a frame goes to one receiver after the other, frames follow at their rate', () => {
  const flow = { framesPerSecond: 2, packetsPerFrame: 3, payloadSizes: [100, 200], receivers: [4, 7] };
  expect(rows(schedule([flow]))).toEqual([
    [0, 4, 3, 100],
    [0, 7, 3, 100],
    [500_000, 4, 3, 200],
    [500_000, 7, 3, 200],
  ]);
});

test('flows are spread over the time between two frames', () => {
  const flow = { framesPerSecond: 50, packetsPerFrame: 1, payloadSizes: [80], receivers: [0] };
  expect(rows(schedule([flow, flow])).map(([at]) => at)).toEqual(
    Array.from({ length: 100 }, (_, index) => index * 10_000),
  );
});

test('the floor of a meeting is as many packets as its participants should get', () => {
  const sizes = { subscribers: 1, seconds: 1, joins: 1, participants: 1, readers: 1000 };
  const packets = new Map<number, number>();
  for (const [, receiver = -1, count = 0] of rows(schedule(meeting.floor?.flows(sizes) ?? [])))
    packets.set(receiver, (packets.get(receiver) ?? 0) + count);
  // Nine times audio; 30 × 6 of the large layer, two times 20 × 3, six times 20.
  expect([...packets.values()]).toEqual(Array.from({ length: 10 }, () => 9 * 50 + 180 + 2 * 60 + 6 * 20));
});
