import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectMoving, useApplication } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { loudness } from '../support/media-probe.js';
import { freshRoom } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const { resolve } = createRequire(import.meta.url);
const server = useServer();
const application = useApplication();
const open = useBrowser();

/** Joins a room with the livekit-client that is loaded last, with microphone and a small camera. */
function join(page: Page, token: string, identity: string, options: object): Promise<void> {
  return page.evaluate(
    async ({ url, given, who, roomOptions }) => {
      const { Room, DataPacket_Kind, version } = window.LivekitClient;
      const room = new Room({
        videoCaptureDefaults: { resolution: { width: 320, height: 180, frameRate: 15 } },
        ...roomOptions,
      });
      room.on('trackSubscribed', (track, _, participant) => {
        const element = document.body.appendChild(track.attach());
        element.dataset.from = participant.identity;
      });
      room.on('dataReceived', (payload, from) =>
        window.received.push(`${from?.identity ?? ''}: ${new TextDecoder().decode(payload)}`),
      );
      await room.connect(url, given);
      await room.localParticipant.enableCameraAndMicrophone();
      window.send.set(who, (text) => {
        const data = new TextEncoder().encode(text);
        // The first major version takes the kind where later ones take options.
        const reliable = version.startsWith('1.') ? DataPacket_Kind.RELIABLE : { reliable: true };
        return room.localParticipant.publishData(data, reliable as { reliable: boolean });
      });
    },
    { url: server().webSocketUrl, given: token, who: identity, roomOptions: options },
  );
}

test.each([
  ['1.15', 'livekit-client-1-15', {}],
  ['2.0', 'livekit-client-2-0', {}],
  ['2.5', 'livekit-client-2-5', {}],
  ['2.15', 'livekit-client-2-15', {}],
  ['2.15 with a single connection', 'livekit-client-2-15', { singlePeerConnection: true }],
  ['2.20', 'livekit-client-2-20', {}],
])('livekit-client %s and the newest see, hear and write to each other', async (_, older, options) => {
  const room = freshRoom();
  const page = await open();
  await page.goto(application());
  await page.evaluate(() => {
    window.received = [];
    window.send = new Map();
  });
  for (const [identity, client, roomOptions] of [
    ['older', older, options],
    ['newest', 'livekit-client', {}],
  ] as const) {
    await page.addScriptTag({ path: resolve(client) });
    const token = await server().token({ identity, grant: { roomJoin: true, room } });
    await join(page, token, identity, roomOptions);
  }

  for (const from of ['older', 'newest']) {
    await expectMoving(page, from);
    const sound = page.locator(`audio[data-from="${from}"]`);
    await waitFor(`hearing ${from}`, async () => (await loudness(sound.first())) > 0.005);
    await page.evaluate(([who]) => window.send.get(who)?.('hello'), [from] as const);
  }
  await waitFor('both packets', async () => (await page.evaluate(() => window.received.length)) === 2);
  expect((await page.evaluate(() => window.received)).sort()).toEqual(['newest: hello', 'older: hello']);
});
