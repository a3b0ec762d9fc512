import { RoomServiceClient } from 'livekit-server-sdk';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectMoving, useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { loudness } from '../support/media-probe.js';
import { freshRoom } from '../support/participants.js';
import { API_KEY, API_SECRET, useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const open = useBarePages(server, useBrowser());
const ONE = {};
const TWO = { singlePeerConnection: false };

const admin = () => new RoomServiceClient(server().url, API_KEY, API_SECRET);

/** What a page knows of somebody's tracks: `camera`, `microphone muted`, `camera unsubscribed`, … */
function tracks(page: Page, identity: string): Promise<string[] | undefined> {
  return page.evaluate((wanted) => {
    const publications = window.room.remoteParticipants.get(wanted)?.trackPublications.values();
    return (
      publications &&
      [...publications]
        .map(({ source, isMuted, isSubscribed }) =>
          [source, isMuted && 'muted', !isSubscribed && 'unsubscribed'].filter(Boolean).join(' '),
        )
        .sort()
    );
  }, identity);
}

async function expectTracks(page: Page, identity: string, expected: string[] | undefined): Promise<void> {
  let last: string[] | undefined;
  await waitFor(`${identity} with ${expected?.join(', ') ?? 'nothing'}`, async () => {
    last = await tracks(page, identity);
    return JSON.stringify(last) === JSON.stringify(expected);
  }).catch((error: unknown) => {
    throw new Error(`Instead: ${last?.join(', ') ?? 'nobody'}`, { cause: error });
  });
}

function ownTracks(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...window.room.localParticipant.trackPublications.values()]
      .map(({ source, isMuted }) => `${source}${isMuted ? ' muted' : ''}`)
      .sort(),
  );
}

function trackSid(page: Page, source: string): Promise<string> {
  return page.evaluate((wanted) => {
    const publications = [...window.room.localParticipant.trackPublications.values()];
    const sids = new Map<string, string>(
      publications.map((publication) => [publication.source, publication.trackSid]),
    );
    return sids.get(wanted) ?? '';
  }, source);
}

describe.each([
  ['/rtc/v1', ONE],
  ['/rtc', TWO],
] as const)('livekit-client over %s', (_, path) => {
  test('mutes itself, and is muted by the server', async () => {
    const room = freshRoom();
    const [page, other] = [await open(room, 'page', path), await open(room, 'other')];
    await expectTracks(other, 'page', ['camera', 'microphone']);
    await page.evaluate(() => window.room.localParticipant.setMicrophoneEnabled(false));
    await expectTracks(other, 'page', ['camera', 'microphone muted']);
    await page.evaluate(() => window.room.localParticipant.setMicrophoneEnabled(true));
    await expectTracks(other, 'page', ['camera', 'microphone']);

    await admin().mutePublishedTrack(room, 'page', await trackSid(page, 'microphone'), true);
    await expectTracks(other, 'page', ['camera', 'microphone muted']);
    await waitFor('its own mute', async () => (await ownTracks(page)).includes('microphone muted'));
    await other.evaluate(() => window.room.localParticipant.setMicrophoneEnabled(false));
    await expectTracks(page, 'other', ['camera', 'microphone muted']);
  });

  test('is told who speaks, and is heard to speak', async () => {
    const room = freshRoom();
    const [page, other] = [await open(room, 'page', path), await open(room, 'other')];
    for (const [listener, speaker] of [
      [page, 'other'],
      [other, 'page'],
      [page, 'page'],
    ] as const) {
      await waitFor(
        `${speaker} speaking`,
        () =>
          listener.evaluate(
            (identity) => window.room.activeSpeakers.some((active) => active.identity === identity),
            speaker,
          ),
        30_000,
      );
    }
  });

  test('loses and regains the permission to publish and to subscribe', async () => {
    const room = freshRoom();
    const [page, other] = [await open(room, 'page', path), await open(room, 'other')];
    await expectTracks(page, 'other', ['camera', 'microphone']);
    await expectTracks(other, 'page', ['camera', 'microphone']);
    await admin().updateParticipant(room, 'page', {
      permission: { canPublish: false, canSubscribe: false, canPublishData: true },
    });
    await expectTracks(other, 'page', []);
    await expectTracks(page, 'other', ['camera unsubscribed', 'microphone unsubscribed']);
    await waitFor('its tracks gone', async () => (await ownTracks(page)).length === 0);
    const refused = await page.evaluate(() =>
      window.room.localParticipant.setCameraEnabled(true).then(
        () => 'published',
        () => 'refused',
      ),
    );
    expect(refused).toBe('refused');

    await admin().updateParticipant(room, 'page', {
      permission: { canPublish: true, canSubscribe: true, canPublishData: true },
    });
    await expectTracks(page, 'other', ['camera', 'microphone']);
    await page.evaluate(() => window.room.localParticipant.setCameraEnabled(true));
    await expectMoving(other, 'page');
  });

  test('lets somebody subscribe to its camera, and to its microphone no more', async () => {
    const room = freshRoom();
    const [page, other] = [await open(room, 'page', path), await open(room, 'other', path)];
    await expectTracks(other, 'page', ['camera', 'microphone']);
    const sid = await trackSid(page, 'camera');
    await page.evaluate((allowed) => {
      window.room.localParticipant.setTrackSubscriptionPermissions(false, [
        { participantIdentity: 'other', allowedTrackSids: [allowed] },
      ]);
    }, sid);
    await expectTracks(other, 'page', ['camera', 'microphone unsubscribed']);
    await page.evaluate(() => window.room.localParticipant.setTrackSubscriptionPermissions(true));
    await expectTracks(other, 'page', ['camera', 'microphone']);
  });

  test('comes late, and sees and hears who is there', async () => {
    const room = freshRoom();
    const [one, two] = [await open(room, 'one', TWO), await open(room, 'two')];
    await expectMoving(one, 'two');
    const page = await open(room, 'page', path);
    for (const identity of ['one', 'two']) {
      await expectMoving(page, identity);
      const audio = page.locator(`audio[data-from="${identity}"]`).first();
      await waitFor(`hearing ${identity}`, async () => (await loudness(audio)) > 0.005);
    }
    await expectMoving(two, 'page');
  });

  test('is gone for the others while it is hidden', async () => {
    const room = freshRoom();
    const [page, other] = [await open(room, 'page', path), await open(room, 'other', path)];
    await expectTracks(other, 'page', ['camera', 'microphone']);
    const permission = { canPublish: true, canSubscribe: true, canPublishData: true };
    await admin().updateParticipant(room, 'page', { permission: { ...permission, hidden: true } });
    await expectTracks(other, 'page', undefined);
    await expectTracks(page, 'other', ['camera', 'microphone']);
    await admin().updateParticipant(room, 'page', { permission: { ...permission, hidden: false } });
    await expectTracks(other, 'page', ['camera', 'microphone']);
    await expectMoving(other, 'page');
  });

  test('is unsubscribed and subscribed again at its own wish', async () => {
    const room = freshRoom();
    const [page, other] = [await open(room, 'page', path), await open(room, 'other')];
    await expectMoving(page, 'other');
    const wish = (subscribed: boolean) =>
      page.evaluate((wanted) => {
        for (const track of window.room.remoteParticipants.get('other')?.trackPublications.values() ?? [])
          track.setSubscribed(wanted);
        for (const video of document.querySelectorAll('video[data-from="other"]')) video.remove();
      }, subscribed);
    await wish(false);
    await expectTracks(page, 'other', ['camera unsubscribed', 'microphone unsubscribed']);
    await wish(true);
    await expectTracks(page, 'other', ['camera', 'microphone']);
    await expectMoving(page, 'other');
    expect(await tracks(other, 'page')).toEqual(['camera', 'microphone']);
  });
});
