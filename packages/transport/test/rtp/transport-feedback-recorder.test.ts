import { parseRtcp } from '@parley/rtp';
import type { TransportFeedback } from '@parley/rtp';
import { beforeEach, expect, it } from 'vitest';

import { TransportFeedbackRecorder } from '../../src/rtp/index.js';

const out = new Uint8Array(16_384);
let recorder: TransportFeedbackRecorder;

beforeEach(() => {
  recorder = new TransportFeedbackRecorder();
});

/** Writes a report and reads it again. */
function report(maxPacketSize = 1200): TransportFeedback[] {
  const sizes = recorder.write(out, 0, maxPacketSize, 1, 2);
  const { packets, malformed } = parseRtcp(
    out,
    0,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  expect(malformed).toBe(false);
  return packets.filter((packet) => packet.type === 'transportFeedback');
}

it('has nothing to say before a packet came', () => {
  expect(recorder.deadline).toBe(Infinity);
});

it('tells which packets arrived and when, across the wrap', () => {
  recorder.receive(65_534, 100_000);
  recorder.receive(1, 107_500);
  recorder.receive(65_535, 110_000);
  const [feedback] = report();
  expect(feedback).toMatchObject({ senderSsrc: 1, mediaSsrc: 2, feedbackCount: 0, baseSequence: 65_534 });
  expect(feedback?.statusCount).toBe(4);
  expect([...(feedback?.sequences ?? [])]).toEqual([65_534, 65_535, 1]);
  expect([...(feedback?.arrivals ?? [])]).toEqual([100_000, 110_000, 107_500]);
});

it('is due 50 ms after the first packet', () => {
  recorder.receive(1, 1_000_000);
  recorder.receive(2, 1_020_000);
  expect(recorder.deadline).toBe(1050);
  report();
  expect(recorder.deadline).toBe(Infinity);
  recorder.receive(3, 1_100_000);
  expect(recorder.deadline).toBe(1150);
});

it('tells the losses between two reports', () => {
  recorder.receive(65_533, 0);
  report();
  recorder.receive(2, 100_000);
  const [feedback] = report();
  expect(feedback).toMatchObject({ feedbackCount: 1, baseSequence: 65_534, statusCount: 5 });
  expect([...(feedback?.sequences ?? [])]).toEqual([2]);
});

it('tells a packet that came late, after it had been told as lost', () => {
  recorder.receive(10, 0);
  recorder.receive(12, 1000);
  report();
  recorder.receive(11, 60_000);
  const [feedback] = report();
  expect(feedback).toMatchObject({ baseSequence: 11, statusCount: 1 });
  recorder.receive(13, 120_000);
  expect(report()[0]).toMatchObject({ baseSequence: 13, statusCount: 1 });
});

it('counts its packets, which are as small as they have to be', () => {
  for (let i = 0; i < 400; i++) recorder.receive(i, i * 1000);
  const packets = report(200);
  expect(packets.length).toBeGreaterThan(2);
  expect(packets.map(({ feedbackCount }) => feedbackCount)).toEqual(packets.map((_, index) => index));
  expect(packets.flatMap(({ sequences }) => [...sequences])).toEqual(
    Array.from({ length: 400 }, (_, i) => i),
  );
  recorder.receive(400, 500_000);
  expect(report()[0]?.feedbackCount).toBe(packets.length);
});

it('is due at once when it holds much, and never holds more than it can', () => {
  for (let i = 0; i < 2000; i++) recorder.receive(i, 1_000_000 + i);
  expect(recorder.deadline).toBeLessThanOrEqual(1001);
  expect(report().flatMap(({ sequences }) => [...sequences]).length).toBe(1024);
});
