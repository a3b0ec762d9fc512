import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectMoving, useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { loudness } from '../support/media-probe.js';
import { freshRoom } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const inChromium = useBarePages(server, useBrowser());
const inFirefox = useBarePages(server, useBrowser('firefox'));
const BROWSERS = [
  ['Chromium', inChromium],
  ['Firefox', inFirefox],
] as const;

const DUAL = { singlePeerConnection: false };

function send(page: Page, text: string, reliable: boolean): Promise<void> {
  return page.evaluate(
    ([words, isReliable]) =>
      window.room.localParticipant.publishData(new TextEncoder().encode(words), { reliable: isReliable }),
    [text, reliable] as const,
  );
}

test.each(BROWSERS)(
  'livekit-client with two connections in %s and with one see, hear and write to each other',
  async (_, open) => {
    const room = freshRoom();
    const single = await inChromium(room, 'single');
    const dual = await open(room, 'dual', DUAL);
    const other = await inChromium(room, 'other', DUAL);

    for (const [page, from] of [
      [single, 'dual'],
      [dual, 'single'],
      [dual, 'other'],
      [other, 'dual'],
    ] as const) {
      await expectMoving(page, from);
      await waitFor(
        `hearing ${from}`,
        async () => (await loudness(page.locator(`audio[data-from="${from}"]`).first())) > 0.005,
      );
    }

    await send(dual, 'reliable', true);
    await send(dual, 'lossy', false);
    await send(single, 'to all', true);
    await waitFor('the packets', async () => (await other.evaluate(() => window.received.length)) === 3);
    expect((await other.evaluate(() => window.received)).sort()).toEqual([
      'dual: lossy',
      'dual: reliable',
      'single: to all',
    ]);
    expect(await dual.evaluate(() => window.received)).toEqual(['single: to all']);
  },
);

test.each(BROWSERS)(
  'a track that a client with two connections in %s turned off and on again is seen again',
  async (_, open) => {
    const room = freshRoom();
    const [sender, receiver] = [await open(room, 'sender', DUAL), await inChromium(room, 'receiver', DUAL)];
    await expectMoving(receiver, 'sender');
    await sender.evaluate(async () => {
      const { localParticipant } = window.room;
      const [publication] = localParticipant.videoTrackPublications.values();
      if (publication?.track) await localParticipant.unpublishTrack(publication.track);
      document.title = 'unpublished';
    });
    await waitFor('the track gone', async () =>
      receiver.evaluate(
        () => window.room.remoteParticipants.get('sender')?.videoTrackPublications.size === 0,
      ),
    );
    await receiver.evaluate(() => {
      for (const video of document.querySelectorAll('video[data-from="sender"]')) video.remove();
    });
    await sender.evaluate(() => window.room.localParticipant.setCameraEnabled(true));
    await expectMoving(receiver, 'sender');
  },
);
