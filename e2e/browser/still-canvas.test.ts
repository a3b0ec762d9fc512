import type { TrackPublishDefaults } from 'livekit-client';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { freshRoom } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { pause, waitFor } from '../support/wait.js';

/** Longer than the server takes to count the layers of a video as gone. */
const STANDS_STILL_FOR = 4000;
/** In which a page that comes later sees the picture, from being connected on. */
const SEEN_WITHIN = 2000;
/** Key frames asked for in ten seconds, of which the publisher's browser sends none. */
const MOST_REQUESTS = 20;

const open = useBarePages(useServer(), useBrowser());

/** Publishes a canvas that changes once, half a second later, and then no more. */
async function publishStillCanvas(page: Page, options: TrackPublishDefaults): Promise<void> {
  await page.evaluate(async (publishOptions) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    document.body.append(canvas);
    const draw = (color: string) => {
      const context = canvas.getContext('2d')!;
      context.fillStyle = color;
      context.fillRect(0, 0, 1280, 720);
    };
    draw('green');
    await window.room.localParticipant.publishTrack(canvas.captureStream().getVideoTracks()[0]!, {
      source: window.LivekitClient.Track.Source.ScreenShare,
      ...publishOptions,
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    draw('orange');
  }, options);
}

function keyFramesAskedFor(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const publication = [...window.room.localParticipant.trackPublications.values()][0];
    let requests = 0;
    (await publication?.videoTrack?.sender?.getStats())?.forEach(
      ({ type, pliCount = 0 }: { type: string; pliCount?: number }) => {
        if (type === 'outbound-rtp') requests += pliCount;
      },
    );
    return requests;
  });
}

test.each<[string, TrackPublishDefaults]>([
  ['in one stream', { videoCodec: 'h264', simulcast: false }],
  ['in layers', { videoCodec: 'vp8' }],
  ['in layers of one stream', { videoCodec: 'vp9', backupCodec: false }],
])('a canvas that stands still, %s, is seen by who comes later', async (_, options) => {
  const room = freshRoom();
  const publisher = await open(room, 'publisher', { publishes: false });
  await publishStillCanvas(publisher, options);
  await pause(STANDS_STILL_FOR);
  const before = await keyFramesAskedFor(publisher);

  const viewer = await open(room, 'viewer', { publishes: false });
  const connectedAt = Date.now();
  const width = () =>
    viewer.evaluate(() => document.querySelector<HTMLVideoElement>('video[data-from]')?.videoWidth ?? 0);
  await waitFor('a picture', async () => (await width()) > 100, 10_000);
  expect(Date.now() - connectedAt).toBeLessThan(SEEN_WITHIN);

  await pause(10_000);
  expect((await keyFramesAskedFor(publisher)) - before).toBeLessThanOrEqual(MOST_REQUESTS);
});
