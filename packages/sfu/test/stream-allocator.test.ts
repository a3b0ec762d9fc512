import { describe, expect, test } from 'vitest';
import { NarrowPath } from './support/narrow-path.js';

const SIMULCAST = [120_000, 250_000, 1_200_000];
const SEEDS = [1, 2, 3, 4, 5];

describe('a subscriber whose path is narrow', () => {
  test.each(SEEDS)('gets smooth audio and the layer that fits: 500 kbit/s, 5% loss (seed %i)', (seed) => {
    const path = new NarrowPath(seed, SIMULCAST, { bitrate: 500_000, loss: 0.05, delay: 25 });
    path.run(10_000);
    const got = path.run(20_000);
    // Nothing but the random loss is missing, and nothing waits for video.
    expect(got.audio / got.audioSent).toBeGreaterThan(0.92);
    expect(got.longestAudioDelay).toBeLessThan(250);
    // The middle layer most of the time: more would not go through, less would be a waste.
    expect(got.video[1]).toBeGreaterThan(0.7 * 20 * 25);
    expect(got.video[2]).toBe(0);
  });

  test.each(SEEDS)('has the best layer again within 10 s once the path is wide (seed %i)', (seed) => {
    const path = new NarrowPath(seed, SIMULCAST, { bitrate: 500_000, loss: 0.05, delay: 25 });
    path.run(20_000);
    path.link.options.bitrate = 5_000_000;
    path.link.options.loss = 0;
    expect(path.runUntilLayer(2, 10_000)).toBeLessThan(10_000);
    const got = path.run(10_000);
    expect(got.video[2]).toBeGreaterThan(0.95 * 10 * 25 * 5);
  });

  test.each(SEEDS)(
    'loses a video that has no layer that fits, not the audio, and is told (seed %i)',
    (seed) => {
      const path = new NarrowPath(seed, [1_500_000], { bitrate: 400_000, delay: 25 });
      path.run(10_000);
      const got = path.run(10_000);
      expect(got.audio / got.audioSent).toBeGreaterThan(0.99);
      expect(got.longestAudioDelay).toBeLessThan(100);
      expect(path.told).toEqual(['camera is paused']);
      path.link.options.bitrate = 5_000_000;
      expect(path.runUntilLayer(0, 10_000)).toBeLessThan(10_000);
      expect(path.told).toEqual(['camera is paused', 'camera is active']);
    },
  );

  test.each(SEEDS)('falls to what fits within seconds when the path becomes narrow (seed %i)', (seed) => {
    const path = new NarrowPath(seed, SIMULCAST, { bitrate: 5_000_000, delay: 25 });
    path.run(10_000);
    expect(path.run(1000).video[2]).toBeGreaterThan(100);
    path.link.options.bitrate = 300_000;
    path.run(4000);
    const got = path.run(10_000);
    expect(got.video[2]).toBe(0);
    expect(got.video[0]).toBeGreaterThan(0.6 * 10 * 25);
    expect(got.audio / got.audioSent).toBeGreaterThan(0.98);
    expect(got.longestAudioDelay).toBeLessThan(250);
  });
});

test.each(SEEDS)('on a wide path the best layer comes within a second, without a loss (seed %i)', (seed) => {
  const path = new NarrowPath(seed, SIMULCAST, { bitrate: 20_000_000, delay: 10 });
  expect(path.runUntilLayer(2, 1500)).toBeLessThan(1000);
  const got = path.run(5000);
  expect(got.audio).toBe(got.audioSent);
  expect(got.video[2]).toBeGreaterThan(0.95 * 5 * 25 * 5);
  expect(path.told).toEqual([]);
});

test('a video whose packets waited in vain, as while its path was broken, goes on by itself', () => {
  const video = { source: 'camera' as const, bitrates: [200_000] };
  const path = new NarrowPath(1, [], { bitrate: 20_000_000 });
  path.addVideo(video);
  path.run(5000);
  path.isConnected = false;
  // A burst, of which more has to wait than there is room for.
  video.bitrates = [8_000_000];
  path.run(1000);
  video.bitrates = [200_000];
  path.run(3000);
  path.isConnected = true;
  path.run(1000);
  expect(path.run(1000).videos[0]).toBeGreaterThan(20);
});
