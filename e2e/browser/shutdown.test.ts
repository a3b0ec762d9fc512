import { expect, test } from 'vitest';
import { expectMoving, useBarePages } from '../support/bare-page.js';
import { useBrowser } from '../support/browser.js';
import { freshRoom } from '../support/participants.js';
import { ParleyServer } from '../support/server.js';

let server: ParleyServer | undefined;
const open = useBarePages(() => {
  if (server === undefined) throw new Error('The server does not run.');
  return server;
}, useBrowser());

test.each([
  ['/rtc/v1', {}],
  ['/rtc', { singlePeerConnection: false }],
] as const)('a client over %s comes back to its call while the server shuts down', async (_, path) => {
  server = await ParleyServer.start({}, { PARLEY_SHUTDOWN_GRACE_SECONDS: '60' });
  const room = freshRoom();
  const [page, other] = [await open(room, 'page', path), await open(room, 'other')];
  await expectMoving(other, 'page');
  const stopped = server.stop(60_000);

  const told = await page.evaluate(async () => {
    const events: string[] = [];
    const { room: call } = window;
    call.on('reconnecting', () => events.push('reconnecting'));
    call.on('disconnected', () => events.push('disconnected'));
    const resumed = new Promise<void>((resolve) => {
      call.on('reconnected', () => resolve());
    });
    await call.simulateScenario('signal-reconnect');
    await resumed;
    return events;
  });
  expect(told).toEqual([]);
  await expectMoving(other, 'page');
  const token = await server.token({ identity: 'late', grant: { roomJoin: true, room: freshRoom() } });
  const elsewhere = await fetch(`${server.url}/rtc/validate?access_token=${token}`);
  expect(elsewhere.status).toBe(503);

  for (const leaving of [page, other]) await leaving.evaluate(() => window.room.disconnect());
  await stopped;
});
