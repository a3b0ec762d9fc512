import { describe, expect, test, vi } from 'vitest';
import { BandwidthControl } from '@parley/transport';
import { NarrowPath } from './support/narrow-path.js';
import { receiver, World } from './support/world.js';

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

test('an estimate that changes by a hair is looked at now and then', () => {
  const world = new World();
  const room = world.sfu.room('lobby');
  const bob = world.join(room, 'bob');
  let looks = 0;
  const bandwidth: Pick<BandwidthControl, 'counters' | 'isConstrained' | 'onEstimate' | 'setDemand'> & {
    estimate: number;
  } = {
    counters: new BandwidthControl({ extensionId: 1, onRefused: () => undefined }).counters,
    estimate: 1_000_000,
    isConstrained: false,
    onEstimate: undefined,
    setDemand: () => (looks += 1),
  };
  bob.transport.findBandwidth = () => bandwidth as BandwidthControl;
  const alice = world.join(room, 'alice').participant;
  alice.publish({ kind: 'video', source: 'camera', name: 'cam', muted: false }).attach(receiver('video'));
  const grow = (by: number) => {
    bandwidth.estimate *= by;
    bandwidth.onEstimate?.(bandwidth.estimate);
    world.sfu.handleTimeout((world.now += 50));
  };
  grow(1);
  for (let turn = 0; turn < 9; turn++) grow(1.002);
  expect(looks).toBe(1);
  grow(1.1);
  expect(looks).toBe(2);
  grow(0.9);
  expect(looks).toBe(3);
  for (let turn = 0; turn < 20; turn++) grow(1);
  expect(looks).toBe(5);
});

test('a path that carries far more than all that is wanted is looked at seldom, one that does not often', () => {
  const looksInTenSeconds = (bitrate: number) => {
    const path = new NarrowPath(1, [bitrate], { bitrate: 10_000_000 });
    path.run(20_000);
    const looks = vi.spyOn(path.bandwidth, 'setDemand');
    path.run(10_000);
    return looks.mock.calls.length;
  };
  expect(looksInTenSeconds(100_000)).toBeLessThanOrEqual(6);
  expect(looksInTenSeconds(6_000_000)).toBeGreaterThanOrEqual(18);
});

describe('layers do not flap', () => {
  test.each(SEEDS)('in ten minutes on 700 kbit/s with 2% loss (seed %i)', (seed) => {
    const path = new NarrowPath(seed, SIMULCAST, { bitrate: 700_000, loss: 0.02, delay: 25 });
    path.run(10_000);
    path.changes = 0;
    const got = path.run(seed === 1 ? 600_000 : 60_000);
    expect(path.changes).toBeLessThan(6);
    expect(got.audio / got.audioSent).toBeGreaterThan(0.96);
    expect(got.longestAudioDelay).toBeLessThan(150);
  });

  test.each(SEEDS)('where a screen goes to and fro between little and too much (seed %i)', (seed) => {
    const path = new NarrowPath(seed, [50_000], { bitrate: 1_000_000, delay: 25 });
    const screen = { source: 'screen_share' as const, bitrates: [50_000] };
    path.addVideo(screen);
    for (let turn = 0; turn < 6; turn++) {
      screen.bitrates = [3_000_000];
      path.run(5000);
      screen.bitrates = [50_000];
      path.run(5000);
    }
    expect(path.changes).toBeLessThanOrEqual(6);
    path.run(10_000);
    expect(path.told.at(-1)).toBe('screen_share is active');
  });

  test.each(SEEDS)('where slides are turned (seed %i)', (seed) => {
    const path = new NarrowPath(seed, [50_000], { bitrate: 1_000_000, delay: 25 });
    const screen = { source: 'screen_share' as const, bitrates: [50_000] };
    path.addVideo(screen);
    path.run(5000);
    for (let slide = 0; slide < 6; slide++) {
      screen.bitrates = [3_000_000];
      path.run(500);
      screen.bitrates = [50_000];
      path.run(9500);
    }
    expect(path.changes).toBeLessThanOrEqual(4);
  });
});

test.each(SEEDS)(
  'two cameras and a screen on 800 kbit/s: the screen is there, whatever else is (seed %i)',
  (seed) => {
    const path = new NarrowPath(seed, SIMULCAST, { bitrate: 800_000, delay: 25 });
    path.addVideo({ source: 'camera', bitrates: [...SIMULCAST] });
    path.addVideo({ source: 'screen_share', bitrates: [400_000] });
    path.run(10_000);
    const got = path.run(20_000);
    expect(got.videos[2]).toBeGreaterThan(0.95 * 20 * 25 * 2);
    expect(got.videos[1]).toBeGreaterThan(0.8 * 20 * 25);
    expect(got.audio / got.audioSent).toBeGreaterThan(0.99);
    expect(got.longestAudioDelay).toBeLessThan(200);
    expect(path.told).not.toContain('screen_share is paused');
  },
);

test.each([
  ['a round trip of 300 ms', { bitrate: 800_000, delay: 150 }, 0, 250],
  ['jitter of 30 ms', { bitrate: 800_000, delay: 25, jitter: 30 }, 0, 150],
  ['a third of the feedback lost', { bitrate: 800_000, delay: 25 }, 0.3, 150],
])('%s leaves audio whole, and the layer that fits', (_, link, feedbackLoss, longestDelay) => {
  const path = new NarrowPath(1, SIMULCAST, link);
  path.feedbackLoss = feedbackLoss;
  path.run(10_000);
  const got = path.run(20_000);
  expect(got.audio / got.audioSent).toBeGreaterThan(0.99);
  expect(got.longestAudioDelay).toBeLessThan(longestDelay);
  expect(got.video[1]).toBeGreaterThan(0.95 * 20 * 25);
  expect(path.told).toEqual([]);
});

test('jitter of 30 ms takes no layer away where there is room', () => {
  const path = new NarrowPath(1, SIMULCAST, { bitrate: 5_000_000, delay: 25, jitter: 30 });
  path.run(5000);
  const got = path.run(20_000);
  expect(got.video[2]).toBeGreaterThan(0.95 * 20 * 25 * 5);
});

test.each(SEEDS)('a path that carries 60 kbit/s is left to audio (seed %i)', (seed) => {
  const path = new NarrowPath(seed, SIMULCAST, { bitrate: 60_000, delay: 25 });
  path.run(10_000);
  const got = path.run(20_000);
  expect(got.audio / got.audioSent).toBeGreaterThan(0.98);
  expect(got.longestAudioDelay).toBeLessThan(250);
  expect(path.told).toEqual(['camera is paused']);
});

test.each(SEEDS)('a second video on a full path takes of the first, and not of audio (seed %i)', (seed) => {
  const path = new NarrowPath(seed, SIMULCAST, { bitrate: 500_000, delay: 25 });
  path.run(20_000);
  path.addVideo({ source: 'camera', bitrates: [...SIMULCAST] });
  path.run(5000);
  const got = path.run(10_000);
  expect(got.videos[0]).toBeGreaterThan(0.9 * 10 * 25);
  expect(got.videos[1]).toBeGreaterThan(0.9 * 10 * 25);
  expect(got.audio / got.audioSent).toBeGreaterThan(0.99);
  expect(got.longestAudioDelay).toBeLessThan(200);
});

test('a subscriber without retransmissions, which cannot be probed, gets the best layer, and a paused video again', () => {
  const path = new NarrowPath(1, [], { bitrate: 5_000_000, delay: 25 });
  path.hasRtx = false;
  path.addVideo({ source: 'camera', bitrates: [...SIMULCAST] });
  expect(path.runUntilLayer(2, 30_000)).toBeLessThan(30_000);
  path.link.options.bitrate = 100_000;
  path.run(5000);
  const got = path.run(30_000);
  expect(path.told).toContain('camera is paused');
  expect(path.told.length).toBeLessThan(7);
  expect(got.audio / got.audioSent).toBeGreaterThan(0.97);
  path.link.options.bitrate = 5_000_000;
  expect(path.runUntilLayer(2, 60_000)).toBeLessThan(60_000);
});

test('audio that the subscriber gives no feedback on has no share of what is estimated without it', () => {
  const path = new NarrowPath(1, [200_000], { bitrate: 3_000_000 }, { audioHasFeedback: false });
  path.run(5000);
  expect(path.bandwidth.allocatedBitrate).toBeGreaterThan(180_000);
  expect(path.bandwidth.allocatedBitrate).toBeLessThan(250_000);
});

test('a video that is muted and unmuted while it was paused is sent again at once', () => {
  const path = new NarrowPath(1, [], { bitrate: 400_000, delay: 25 });
  const video = { source: 'camera' as const, bitrates: [1_500_000] };
  const camera = path.addVideo(video);
  path.run(20_000);
  expect(path.told).toEqual(['camera is paused']);
  camera.setMuted(true);
  path.run(100);
  expect(path.told).toEqual(['camera is paused', 'camera is active']);
});

test.each(SEEDS)('a layer that begins later does not flood a path that was full (seed %i)', (seed) => {
  const path = new NarrowPath(seed, [], { bitrate: 600_000, delay: 25 });
  const video = { source: 'camera' as const, bitrates: [...SIMULCAST] };
  path.addVideo(video);
  path.run(5000);
  video.bitrates = [120_000, 250_000, 0];
  path.run(20_000);
  video.bitrates = [...SIMULCAST];
  const got = path.run(10_000);
  expect(got.audio / got.audioSent).toBeGreaterThan(0.99);
  expect(got.longestAudioDelay).toBeLessThan(100);
  expect(got.video[2]).toBe(0);
  path.link.options.bitrate = 10_000_000;
  expect(path.runUntilLayer(2, 10_000)).toBeLessThan(10_000);
});
