import { beforeEach, expect, it } from 'vitest';

import { ProbeController } from '../../src/congestion/probe-controller.js';

let probes: ProbeController;
let now: number;

beforeEach(() => {
  probes = new ProbeController();
  now = 1000;
});

/** Begins a probe if one is due and sends all of it. Returns its rate, by what was to be sent in 15 ms; 0 if none was due. */
function probe(wanted: number, estimate: number, isApplicationLimited = true): number {
  if (!probes.isDue(wanted, estimate, now)) return 0;
  probes.begin(wanted, estimate, isApplicationLimited, now);
  const { sending } = probes;
  let sent = 0;
  for (let sentAt = now; probes.sending !== 0; sentAt += 3) {
    const bytes = probes.due(sentAt);
    sent += bytes;
    probes.sent(bytes);
    probes.receive(sending, bytes, sentAt, sentAt + 20);
  }
  return Math.round((sent * 8000) / 15);
}

/** Probes, takes the result and raises the estimate. Returns the rate, or 0. */
function probeAndRaise(wanted: number, estimate: number, isApplicationLimited = true): number {
  const bitrate = probe(wanted, estimate, isApplicationLimited);
  const result = probes.takeResult(now);
  if (result) probes.raised(result.bitrate, now);
  return bitrate;
}

it('begins with three times the estimate, and doubles as long as that arrives', () => {
  expect(probeAndRaise(1e9, 300_000)).toBeCloseTo(900_000, -3);
  expect(probeAndRaise(1e9, 900_000)).toBeCloseTo(1_800_000, -3);
  expect(probeAndRaise(1e9, 1_800_000)).toBeCloseTo(3_600_000, -3);
});

it('tries no more than what is wanted, and nothing for little', () => {
  expect(probeAndRaise(700_000, 300_000)).toBeCloseTo(700_000, -3);
  expect(probeAndRaise(700_000, 700_000)).toBe(0);
  expect(probeAndRaise(720_000, 700_000)).toBe(0);
});

it('tries half as much more where the application sends all it may', () => {
  probe(1e9, 1_000_000);
  now += 10_000;
  probes.isDue(1e9, 1_000_000, now);
  now += 10_000;
  expect(probe(1e9, 1_000_000, false)).toBeCloseTo(1_500_000, -3);
});

it('one probe is on its way at a time, and one that is lost is given up after a second', () => {
  expect(probe(1e9, 300_000)).toBeGreaterThan(0);
  now += 900;
  expect(probe(1e9, 300_000)).toBe(0);
  now += 200;
  expect(probe(1e9, 300_000)).toBe(0);
  now += 4000;
  expect(probe(1e9, 300_000)).toBeGreaterThan(0);
});

it('a result that raised nothing is followed by the next probe after 4 s', () => {
  probe(1e9, 300_000);
  expect(probes.takeResult(now)).toBeDefined();
  expect(probes.takeResult(now)).toBeUndefined();
  now += 3900;
  expect(probe(1e9, 300_000)).toBe(0);
  now += 100;
  expect(probe(1e9, 300_000)).toBeGreaterThan(0);
});

it('raises that turn out wrong make it wait longer, up to 16 s; one that holds ends that', () => {
  const waits: number[] = [];
  for (let i = 0; i < 4; i++) {
    probeAndRaise(1e9, 1_000_000);
    now += 500;
    probes.decreased(1_000_000, now);
    const start = now;
    while (!probes.isDue(1e9, 1_000_000, now)) now += 100;
    waits.push(now - start);
  }
  expect(waits).toEqual([8000, 16_000, 16_000, 16_000]);
  probeAndRaise(1e9, 1_000_000);
  now += 5000;
  probes.isDue(1e9, 1e9, now);
  probes.decreased(1_000_000, now);
  expect(probes.isDue(1e9, 1_000_000, now + 4000)).toBe(true);
});

it('a decrease ends the probe being sent', () => {
  probes.begin(1e9, 300_000, true, now);
  expect(probes.sending).toBe(1);
  expect(probes.due(now)).toBeGreaterThan(0);
  expect(probes.deadline).toBe(now + 3);
  probes.decreased(300_000, now);
  expect(probes.sending).toBe(0);
  expect(probes.due(now)).toBe(0);
  expect(probes.deadline).toBe(Infinity);
});

it('a probe that the application cannot send is given up', () => {
  probes.begin(1e9, 300_000, true, now);
  for (let i = 0; i < 30; i++) probes.due(now + i * 3);
  expect(probes.sending).toBe(0);
});

it('numbers clusters from 1 to 255, around and around', () => {
  const ids = new Set<number>();
  for (let i = 0; i < 600; i++) {
    probes.begin(1e9, 300_000, true, now);
    ids.add(probes.sending);
    probes.decreased(undefined, now);
  }
  expect(Math.min(...ids)).toBe(1);
  expect(Math.max(...ids)).toBe(255);
});
