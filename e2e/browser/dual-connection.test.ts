import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectMoving, useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { loudness } from '../support/media-probe.js';
import { freshRoom } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const openPage = useBarePages(server, useBrowser());

const DUAL = { singlePeerConnection: false };

function send(page: Page, text: string, reliable: boolean): Promise<void> {
  return page.evaluate(
    ([words, isReliable]) =>
      window.room.localParticipant.publishData(new TextEncoder().encode(words), { reliable: isReliable }),
    [text, reliable] as const,
  );
}

test('livekit-client with two connections and with one see, hear and write to each other', async () => {
  const room = freshRoom();
  const single = await openPage(room, 'single');
  const dual = await openPage(room, 'dual', DUAL);
  const other = await openPage(room, 'other', DUAL);

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
});

test('a track that a client with two connections turned off and on again is seen again', async () => {
  const room = freshRoom();
  const [sender, receiver] = [await openPage(room, 'sender', DUAL), await openPage(room, 'receiver', DUAL)];
  await expectMoving(receiver, 'sender');
  await sender.evaluate(async () => {
    const { localParticipant } = window.room;
    const [publication] = localParticipant.videoTrackPublications.values();
    if (publication?.track) await localParticipant.unpublishTrack(publication.track);
    document.title = 'unpublished';
  });
  await waitFor('the track gone', async () =>
    receiver.evaluate(() => window.room.remoteParticipants.get('sender')?.videoTrackPublications.size === 0),
  );
  await receiver.evaluate(() => {
    for (const video of document.querySelectorAll('video[data-from="sender"]')) video.remove();
  });
  await sender.evaluate(() => window.room.localParticipant.setCameraEnabled(true));
  await expectMoving(receiver, 'sender');
});
