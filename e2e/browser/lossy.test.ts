import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectMoving, useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { type ClientLink, useLinkedServer } from '../support/lossy-link.js';
import { publishNoise } from '../support/noise.js';
import { freshRoom, useParticipants } from '../support/participants.js';
import { usePictures } from '../support/picture.js';
import {
  concealment,
  framesPerSecond,
  longestFreeze,
  recordReception,
  sampleReception,
} from '../support/reception.js';
import { useTones } from '../support/tone.js';
import { pause, waitFor } from '../support/wait.js';

const UPPER_LAYER = 360;
const LOWER_LAYER = 180;
/** A second, of the 20 that are sent where the machine has time for it. */
const LEAST_FRAMES = 10;
/** A machine that stands still for a second does to a call what a bad link does: then it is tried again. */
const RETRY = { retry: 2 };
/** Until what a browser does at the start, or with a link that has changed, is over. */
const SETTLE_MS = 8_000;

const { server, link } = useLinkedServer();
const join = useParticipants(server);
const openPage = useBarePages(server, useBrowser());
const tone = useTones();
const picture = usePictures();

/** Opens a page that only watches, over that link. */
async function openWatcher(room: string, over: ClientLink): Promise<Page> {
  link().expect('watcher', over);
  const page = await openPage(room, 'watcher');
  await page.evaluate(async () => {
    window.room.on('reconnecting', () => window.received.push('reconnecting'));
    window.room.on('disconnected', () => window.received.push('disconnected'));
    await window.room.localParticipant.setCameraEnabled(false);
    await window.room.localParticipant.setMicrophoneEnabled(false);
  });
  await expectMoving(page, 'alice');
  return page;
}

/** The picture moves again, once the browser has asked for a key frame. */
async function expectFrames(page: Page): Promise<void> {
  await waitFor(
    'a picture that moves',
    async () => framesPerSecond(await recordReception(page, 1)) > LEAST_FRAMES,
    8_000,
  );
}

test(
  'Chromium over a link that loses, delays, reorders and duplicates sees and hears smoothly',
  RETRY,
  async () => {
    const room = freshRoom();
    link().expect('alice');
    const alice = await join(room, 'alice');
    await picture({ width: 640, height: 360 }).publish(alice);
    await tone(440).publish(alice);
    const bad = { loss: 0.03, delay: 50, jitter: 20, reorder: 0.02, duplicate: 0.02 };
    const page = await openWatcher(room, { up: bad, down: bad });
    await pause(SETTLE_MS);

    const recorded = await recordReception(page, 8);
    expect(concealment(recorded)).toBeLessThan(0.08);
    expect(framesPerSecond(recorded)).toBeGreaterThan(LEAST_FRAMES);
    expect(longestFreeze(recorded)).toBeLessThan(2_000);
  },
);

test(
  'Chromium goes on after three seconds without its link, and after a change of its address',
  RETRY,
  async () => {
    const room = freshRoom();
    link().expect('alice');
    const alice = await join(room, 'alice');
    await picture().publish(alice);
    await tone(440).publish(alice);
    const page = await openWatcher(room, {});

    link().set('watcher', { up: { loss: 1 }, down: { loss: 1 } });
    await pause(3_000);
    link().set('watcher', {});
    await expectFrames(page);

    link().rebind('watcher');
    await expectFrames(page);
    expect(concealment(await recordReception(page, 3))).toBeLessThan(0.05);
    expect(await page.evaluate(() => window.received)).toEqual([]);
  },
);

test(
  'on a link of 500 kbit/s that loses 5% Chromium gets the layer that fits, and the best one soon after the link is good again',
  RETRY,
  async () => {
    const room = freshRoom();
    link().expect('alice');
    await publishNoise(await openPage(room, 'alice'));
    const good: ClientLink = { down: { bitsPerSecond: 5_000_000, delay: 20 }, up: { delay: 20 } };
    const narrow: ClientLink = {
      down: { bitsPerSecond: 500_000, loss: 0.05, delay: 20 },
      up: { loss: 0.05, delay: 20 },
    };
    const page = await openWatcher(room, good);
    const height = async () => (await sampleReception(page)).height;
    await waitFor('the upper layer', async () => (await height()) === UPPER_LAYER, 20_000);

    link().set('watcher', narrow);
    await waitFor('the lower layer', async () => (await height()) === LOWER_LAYER, 10_000);
    await pause(SETTLE_MS);
    const recorded = await recordReception(page, 15);
    expect(concealment(recorded)).toBeLessThan(0.08);
    expect(longestFreeze(recorded)).toBeLessThan(2_000);
    expect(framesPerSecond(recorded)).toBeGreaterThan(LEAST_FRAMES / 2);
    // Now and then a probe may carry the upper layer for a moment.
    const fitting = recorded.filter((sample) => sample.height === LOWER_LAYER).length;
    expect(fitting / recorded.length).toBeGreaterThan(0.9);

    link().set('watcher', good);
    await waitFor('the upper layer again', async () => (await height()) === UPPER_LAYER, 10_000);
    await pause(2_000);
    const after = await recordReception(page, 5);
    expect(concealment(after)).toBeLessThan(0.02);
    expect(longestFreeze(after)).toBeLessThan(2_000);
  },
);
