import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { TrackKind } from '@livekit/rtc-node';
import type { Room, VideoCodec } from 'livekit-client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.js';
import { CallPage } from '../support/call-page.js';
import { changedPoints, loudness, sampleVideo } from '../support/media-probe.js';
import { freshRoom, me, participantOf, useParticipants } from '../support/participants.js';
import { usePictures, watch } from '../support/picture.js';
import { useServer } from '../support/server.js';
import { listen, useTones } from '../support/tone.js';
import { pause, waitFor } from '../support/wait.js';

declare global {
  interface Window {
    LivekitClient: typeof import('livekit-client');
    room: Room;
    received: string[];
  }
}

const LIVEKIT_CLIENT = createRequire(import.meta.url).resolve('livekit-client');

const server = useServer();
const join = useParticipants(server);
const tone = useTones();
const picture = usePictures();
const open = useBrowser();

/** Another origin than the server's, as it is for applications of others. */
const application = createServer((_, response) =>
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>An application</title>'),
);
let applicationUrl: string;

beforeAll(async () => {
  application.listen(0, 'localhost');
  await once(application, 'listening');
  applicationUrl = `http://localhost:${(application.address() as AddressInfo).port}/`;
});

afterAll(() => {
  application.close();
});

/** A page with nothing but livekit-client on it, connected with a token of the API key's. */
async function openBarePage(room: string, identity: string, videoCodec: VideoCodec = 'vp8'): Promise<Page> {
  const page = await open();
  await page.goto(applicationUrl);
  await page.addScriptTag({ path: LIVEKIT_CLIENT });
  const token = await server().token({
    identity,
    grant: { roomJoin: true, room, canUpdateOwnMetadata: true },
  });
  await page.evaluate(
    async ({ url, given, codec }) => {
      window.received = [];
      window.room = new window.LivekitClient.Room({ publishDefaults: { videoCodec: codec } });
      window.room.on('trackSubscribed', (track, _, participant) => {
        const element = document.body.appendChild(track.attach());
        element.dataset.from = participant.identity;
      });
      window.room.on('dataReceived', (payload, from) =>
        window.received.push(`${from?.identity ?? ''}: ${new TextDecoder().decode(payload)}`),
      );
      await window.room.connect(url, given);
      await window.room.localParticipant.enableCameraAndMicrophone();
    },
    { url: server().webSocketUrl, given: token, codec: videoCodec },
  );
  return page;
}

async function expectMoving(page: Page, from: string): Promise<void> {
  const video = page.locator(`video[data-from="${from}"]`);
  await waitFor(
    `the picture of ${from} moving`,
    async () => {
      if ((await video.count()) === 0) return false;
      const before = await sampleVideo(video.first());
      await pause(500);
      const after = await sampleVideo(video.first());
      return (
        before !== undefined &&
        after !== undefined &&
        after.brightness > 10 &&
        changedPoints(before, after) > 10
      );
    },
    30_000,
  );
}

test('livekit-client, unmodified, in two pages: picture, sound and data both ways', async () => {
  const room = freshRoom();
  const [one, two] = [await openBarePage(room, 'one'), await openBarePage(room, 'two')];

  await expectMoving(one, 'two');
  await expectMoving(two, 'one');
  for (const [page, from] of [
    [one, 'two'],
    [two, 'one'],
  ] as const) {
    await waitFor(
      `hearing ${from}`,
      async () => (await loudness(page.locator(`audio[data-from="${from}"]`).first())) > 0.005,
    );
  }

  await one.evaluate(async () => {
    for (const reliable of [true, false]) {
      await window.room.localParticipant.publishData(
        new TextEncoder().encode(reliable ? 'reliable' : 'lossy'),
        { reliable },
      );
    }
  });
  await waitFor('both packets', async () => (await two.evaluate(() => window.received.length)) === 2);
  expect((await two.evaluate(() => window.received)).sort()).toEqual(['one: lossy', 'one: reliable']);
});

test.each(['vp8', 'vp9', 'h264'] as const)(
  'livekit-client publishing %s is seen in another page',
  async (codec) => {
    const room = freshRoom();
    await openBarePage(room, 'sender', codec);
    const receiver = await openBarePage(room, 'receiver');

    await expectMoving(receiver, 'sender');
    const mimeType = await receiver.evaluate(
      () =>
        window.room.remoteParticipants
          .get('sender')
          ?.getTrackPublication(window.LivekitClient.Track.Source.Camera)?.mimeType,
    );
    expect(mimeType?.toLowerCase()).toBe(`video/${codec}`);
  },
);

test('a browser and @livekit/rtc-node see, hear and write to each other', async () => {
  const room = freshRoom();
  const node = await join(room, 'node', { name: 'Node' });
  const texts: string[] = [];
  node.registerTextStreamHandler(
    'lk.chat',
    (reader) => void reader.readAll().then((text) => texts.push(text)),
  );
  await picture({ width: 640, height: 360 }).publish(node);
  await tone(440).publish(node);

  const ada = await new CallPage(await open(), 'Ada').join(server().url, room);
  await ada.expectMovingPicture('Node');
  await ada.expectToHear('Node');

  const identity = await ada.ownIdentity();
  expect((await participantOf(node, identity)).name).toBe('Ada');
  const [camera, microphone] = await waitFor('both tracks of Ada', () => {
    const tracks = [...(node.remoteParticipants.get(identity)?.trackPublications.values() ?? [])];
    const [video, audio] = [
      tracks.find(({ kind }) => kind === TrackKind.KIND_VIDEO)?.track,
      tracks.find(({ kind }) => kind === TrackKind.KIND_AUDIO)?.track,
    ];
    return video !== undefined && audio !== undefined ? [video, audio] : undefined;
  });
  expect((await watch(camera, 10)).at(-1)!.width).toBeGreaterThan(100);
  expect((await listen(microphone, 1)).level).toBeGreaterThan(0.005);

  await ada.say('Hello Node');
  await waitFor('the message', () => texts.includes('Hello Node'));
  await me(node).sendText('Hello Ada', { topic: 'lk.chat' });
  await ada.message('Hello Ada').waitFor();
});
