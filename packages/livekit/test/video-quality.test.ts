import { UpdateTrackSettings, VideoLayer, VideoQuality } from '@livekit/protocol';
import type { VideoQuality as Quality } from '@parley/sfu';
import { expect, test } from 'vitest';
import { subscribedQualityUpdate, trackSettings, videoLayers } from '../src/video-quality.js';

const wanted = (quality: Quality, backup?: Quality) => ({
  sid: 'TR_1',
  wantedQualities: [
    { mimeType: 'video/VP8', quality },
    ...(backup ? [{ mimeType: 'video/H264', quality: backup }] : []),
  ],
});

test('a publisher is told to send the layers up to the best that somebody wants', () => {
  const update = subscribedQualityUpdate(wanted('medium'));
  expect(update.trackSid).toBe('TR_1');
  expect(update.subscribedCodecs[0]?.codec).toBe('vp8');
  expect(update.subscribedCodecs[0]?.qualities.map(({ quality, enabled }) => [quality, enabled])).toEqual([
    [VideoQuality.LOW, true],
    [VideoQuality.MEDIUM, true],
    [VideoQuality.HIGH, false],
  ]);
});

test('is told of each codec that it could send', () => {
  const [codec, backup] = subscribedQualityUpdate(wanted('off', 'low')).subscribedCodecs;
  expect(codec?.qualities.some(({ enabled }) => enabled)).toBe(false);
  expect(backup?.codec).toBe('h264');
  expect(backup?.qualities.map(({ enabled }) => enabled)).toEqual([true, false, false]);
});

test('where nobody wants anything no layer is to be sent', () => {
  expect(subscribedQualityUpdate(wanted('off')).subscribedQualities.some(({ enabled }) => enabled)).toBe(
    false,
  );
});

test('layers and wishes keep their sizes; a layer that is off is none', () => {
  const layers = videoLayers([
    new VideoLayer({ quality: VideoQuality.HIGH, width: 1280, height: 720 }),
    new VideoLayer({ quality: VideoQuality.OFF }),
  ]);
  expect(layers).toEqual([{ quality: 'high', width: 1280, height: 720 }]);
  const settings = new UpdateTrackSettings({ quality: VideoQuality.LOW, width: 320, height: 180, fps: 15 });
  expect(trackSettings(settings)).toEqual({
    enabled: true,
    wanted: { quality: 'low', width: 320, height: 180, fps: 15 },
    priority: 0,
  });
});

test.each([
  [0, 0],
  [1, 255],
  [255, 1],
  [1000, 1],
])('priority %i of a client, whose highest is 1, is priority %i', (given, priority) => {
  expect(trackSettings(new UpdateTrackSettings({ priority: given })).priority).toBe(priority);
});
