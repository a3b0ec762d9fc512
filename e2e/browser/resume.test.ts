import { expect, test } from 'vitest';
import { expectMoving, useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { freshRoom } from '../support/participants.js';
import { useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const inChromium = useBarePages(server, useBrowser());
const inFirefox = useBarePages(server, useBrowser('firefox'));

test.each([
  ['one connection in Chromium', inChromium, true],
  ['two connections in Chromium', inChromium, false],
  ['one connection in Firefox', inFirefox, true],
  ['two connections in Firefox', inFirefox, false],
])(
  'livekit-client with %s resumes after its WebSocket was lost, and media goes on',
  async (_, open, single) => {
    const room = freshRoom();
    const watcher = await inChromium(room, 'watcher');
    const page = await open(room, 'resuming', { singlePeerConnection: single });
    await expectMoving(watcher, 'resuming');
    await expectMoving(page, 'watcher');

    await watcher.evaluate(() => {
      window.room.on('participantDisconnected', ({ identity }) => window.received.push(`${identity} left`));
    });
    const events = await page.evaluate(async () => {
      const told: string[] = [];
      const { room: call } = window;
      call.on('signalReconnecting', () => told.push('signal reconnecting'));
      call.on('reconnecting', () => told.push('reconnecting'));
      const resumed = new Promise<void>((resolve) => {
        call.on('reconnected', () => resolve());
      });
      call.on('disconnected', () => told.push('disconnected'));
      const sid = call.localParticipant.sid;
      await call.simulateScenario('signal-reconnect');
      await resumed;
      if (call.localParticipant.sid !== sid) told.push('another participant');
      return told;
    });
    expect(events).toEqual(['signal reconnecting']);
    await expectMoving(watcher, 'resuming');
    await expectMoving(page, 'watcher');

    const send = (from: typeof page, text: string): Promise<void> =>
      from.evaluate(
        (words) =>
          window.room.localParticipant.publishData(new TextEncoder().encode(words), { reliable: true }),
        text,
      );
    await send(page, 'back');
    await send(watcher, 'welcome');
    await waitFor('the answer', async () => (await page.evaluate(() => window.received.length)) === 1);
    expect(await watcher.evaluate(() => window.received)).toEqual(['resuming: back']);
  },
);
