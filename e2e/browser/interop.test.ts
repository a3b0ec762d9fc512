import { TrackKind } from '@livekit/rtc-node';
import { expect, test } from 'vitest';
import { expectMoving, useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { CallPage } from '../support/call-page.js';
import { loudness } from '../support/media-probe.js';
import { freshRoom, me, participantOf, useParticipants } from '../support/participants.js';
import { usePictures, watch } from '../support/picture.js';
import { useServer } from '../support/server.js';
import { listen, useTones } from '../support/tone.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const join = useParticipants(server);
const tone = useTones();
const picture = usePictures();
const open = useBrowser();
const openBarePage = useBarePages(server, open);

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
    await openBarePage(room, 'sender', { publishDefaults: { videoCodec: codec } });
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
