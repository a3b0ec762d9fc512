import { StreamTracker } from '@parley/sfu';
import { describe, expect, test } from 'vitest';

/** Sends a packet of each layer every 20 ms for a while; asks the tracker every 100 ms. Gives the time it is then. */
function send(tracker: StreamTracker, layers: readonly number[], from: number, duration: number): number {
  for (let time = from; time < from + duration; time += 20) {
    for (const layer of layers) tracker.observe(layer, 1000, time);
    if (time % 100 === 0) tracker.update(time);
  }
  tracker.update(from + duration);
  return from + duration;
}

describe('StreamTracker', () => {
  test('tells the layers that are sent and their bitrates', () => {
    const tracker = new StreamTracker();
    send(tracker, [0, 2], 10_000, 3000);
    expect(tracker.liveLayers).toBe(0b101);
    expect(tracker.bitrate(0)).toBeGreaterThan(380_000);
    expect(tracker.bitrate(0)).toBeLessThanOrEqual(400_000);
    expect(tracker.bitrate(1)).toBe(0);
  });

  test('a layer that is sent no more is dead after a while, the lowest later', () => {
    const tracker = new StreamTracker();
    const end = send(tracker, [0, 1], 0, 2000);
    expect(tracker.update(end + 1400)).toBe(false);
    expect(tracker.update(end + 1500)).toBe(true);
    expect(tracker.liveLayers).toBe(0b001);
    expect(tracker.bitrate(1)).toBe(0);
    tracker.update(end + 3000);
    expect(tracker.liveLayers).toBe(0);
  });

  test('a screen that stands still stays live', () => {
    const tracker = new StreamTracker();
    const end = send(tracker, [0, 1], 0, 1000);
    for (let time = end; time < end + 5000; time += 1000) {
      for (const layer of [0, 1]) tracker.observe(layer, 100, time);
      tracker.update(time + 900);
      expect(tracker.liveLayers).toBe(0b011);
    }
  });

  test('the lowest layer is live with its first packet, others with a few', () => {
    const tracker = new StreamTracker();
    tracker.observe(0, 100, 0);
    for (let packet = 0; packet < 4; packet++) tracker.observe(1, 100, packet);
    tracker.update(10);
    expect(tracker.liveLayers).toBe(0b001);
    tracker.observe(1, 100, 10);
    expect(tracker.update(20)).toBe(true);
    expect(tracker.liveLayers).toBe(0b011);
  });

  test('a packet now and then does not make a layer live', () => {
    const tracker = new StreamTracker();
    for (let time = 0; time < 60_000; time += 2000) tracker.observe(1, 100, time);
    expect(tracker.update(60_000)).toBe(false);
  });

  test('layers out of range are ignored', () => {
    const tracker = new StreamTracker();
    for (const layer of [-1, 8, 1000]) tracker.observe(layer, 100, 0);
    expect(tracker.update(0)).toBe(false);
    expect(tracker.bitrate(1000)).toBe(0);
  });

  test('all are dead after a reset', () => {
    const tracker = new StreamTracker();
    const end = send(tracker, [0, 1], 0, 2000);
    tracker.reset();
    expect(tracker.liveLayers).toBe(0);
    expect(tracker.update(end)).toBe(false);
  });

  test('a burst counts as peak for some ten seconds, and not as what lasts', () => {
    const tracker = new StreamTracker();
    let end = 0;
    const second = (bytes: number) => {
      for (const start = end; end < start + 1000; end += 50) {
        tracker.observe(0, bytes / 20, end);
        tracker.update(end);
      }
    };
    for (let seconds = 0; seconds < 3; seconds++) second(10_000);
    expect(tracker.sustainedBitrate(0)).toBeCloseTo(80_000, -4);
    second(100_000);
    second(10_000);
    expect(tracker.sustainedBitrate(0)).toBeLessThan(400_000);
    expect(tracker.peakBitrate(0)).toBeGreaterThan(500_000);
    for (let seconds = 0; seconds < 10; seconds++) second(10_000);
    expect(tracker.peakBitrate(0)).toBeLessThan(300_000);
    second(100_000);
    second(100_000);
    second(100_000);
    expect(tracker.sustainedBitrate(0)).toBeGreaterThan(700_000);
    tracker.reset();
    expect(tracker.sustainedBitrate(0) + tracker.peakBitrate(0)).toBe(0);
  });
});
