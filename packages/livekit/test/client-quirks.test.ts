import { TrackType } from '@livekit/protocol';
import { describe, expect, test } from 'vitest';
import { disabledCodecs } from '../src/client-quirks.js';
import { CAMERA, Harness, fixture, section } from './support/harness.js';

const LINUX_FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const ANDROID_FIREFOX = 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0';
const WINDOWS_FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const CHROMIUM =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const XIAOMI =
  'Mozilla/5.0 (Linux; Android 12; 2201117TI Build/SKQ1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
const safari = (version: string): string =>
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version} Safari/605.1.15`;

describe('disabledCodecs()', () => {
  test.each([
    ['Chromium', {}, CHROMIUM, [], []],
    ['Firefox on Linux', {}, LINUX_FIREFOX, ['video/H264'], []],
    ['Firefox on Android', {}, ANDROID_FIREFOX, ['video/H264'], []],
    ['Firefox on Windows', {}, WINDOWS_FIREFOX, [], []],
    ['a phone that names itself', { os: 'android', deviceModel: 'Xiaomi 2201117TI' }, '', ['video/H264'], []],
    ['the same phone by its browser', {}, XIAOMI, ['video/H264'], []],
    ['the model on another system', { os: 'ios', deviceModel: 'Xiaomi 2201117TI' }, '', [], []],
    ['Safari', {}, safari('18.3'), ['video/AV1'], ['video/AV1']],
    ['a later Safari', {}, safari('18.3.1'), ['video/AV1', 'video/VP9'], ['video/AV1']],
    [
      'one that names itself Safari',
      { browser: 'Safari', browserVersion: '26.0' },
      '',
      ['video/AV1', 'video/VP9'],
      ['video/AV1'],
    ],
    ['nobody', {}, '', [], []],
  ])('of %s', (_, info, userAgent, publish, subscribe) => {
    expect(disabledCodecs(info, userAgent)).toEqual({ publish, subscribe });
  });
});

test('a client gets neither told of nor answered with a codec that is withheld from it', async () => {
  const harness = new Harness();
  const alice = await harness.join('alice', { userAgent: LINUX_FIREFOX });
  const join = alice.last('join');
  expect(join.enabledPublishCodecs.map(({ mime }) => mime)).toEqual([
    'video/VP8',
    'video/VP9',
    'video/AV1',
    'audio/opus',
    'audio/red',
  ]);
  expect(join.clientConfiguration?.disabledCodecs).toMatchObject({
    codecs: [],
    publish: [{ mime: 'video/H264' }],
  });
  alice.tell({
    case: 'addTrack',
    value: { cid: CAMERA.cid, type: TrackType.VIDEO, simulcastCodecs: [{ codec: 'h264' }] },
  });
  const { sdp } = alice.negotiate(fixture('chromium-publish'));
  expect(section(sdp, CAMERA.mid)).not.toContain('H264');
  expect(section(sdp, CAMERA.mid)).toContain('VP8');
  // What others send it may be H264 still.
  expect(section(sdp, '3')).toContain('H264');
});
