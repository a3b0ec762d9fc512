import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.js';
import { CallPage } from '../support/call-page.js';
import { freshRoom } from '../support/participants.js';
import { ParleyServer, useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const open = useBrowser();

async function join(room: string, name: string): Promise<CallPage> {
  return new CallPage(await open(), name).join(server().url, room);
}

async function twoInACall(): Promise<{ room: string; ada: CallPage; ben: CallPage }> {
  const room = freshRoom();
  const ada = await join(room, 'Ada');
  const ben = await join(room, 'Ben');
  await Promise.all([ada.tile('Ben').waitFor(), ben.tile('Ada').waitFor()]);
  return { room, ada, ben };
}

test('two people see and hear each other', async () => {
  const { ada, ben } = await twoInACall();
  await ada.expectMovingPicture('Ben');
  await ben.expectMovingPicture('Ada');
  await ada.expectToHear('Ben');
  await ben.expectToHear('Ada');
});

test('three people see each other', async () => {
  const { room, ada, ben } = await twoInACall();
  const cleo = await join(room, 'Cleo');
  await cleo.expectMovingPicture('Ada');
  await cleo.expectMovingPicture('Ben');
  await ada.expectMovingPicture('Cleo');
  await ben.expectMovingPicture('Cleo');
});

test('who mutes is shown as muted and not heard, until they unmute', async () => {
  const { ada, ben } = await twoInACall();
  await ben.expectToHear('Ada');

  await ada.click('microphone-button');
  await waitFor('the mute', async () => (await ben.tile('Ada').getAttribute('data-muted')) === 'true');
  expect(await ben.loudnessOf('Ada')).toBeLessThan(0.001);

  await ada.click('microphone-button');
  await waitFor('the unmute', async () => (await ben.tile('Ada').getAttribute('data-muted')) === 'false');
  await ben.expectToHear('Ada');
});

test('who turns the camera off is not seen, until they turn it on', async () => {
  const { ada, ben } = await twoInACall();
  await ben.expectMovingPicture('Ada');

  await ada.click('camera-button');
  await waitFor(
    'the camera being off',
    async () => (await ben.tile('Ada').getAttribute('data-video')) === 'false',
  );
  expect(await ben.tile('Ada').locator('video').count()).toBe(0);

  await ada.click('camera-button');
  await ben.expectMovingPicture('Ada');
});

test('a shared screen is shown to the others, and gone when sharing ends', async () => {
  const { ada, ben } = await twoInACall();

  await ada.click('screen-button');
  await ben.expectMovingPicture('Ada', 'screen');
  await ben.expectMovingPicture('Ada', 'camera');

  await ada.click('screen-button');
  await ben.tile('Ada', 'screen').waitFor({ state: 'detached' });
});

test('messages go both ways', async () => {
  const { ada, ben } = await twoInACall();
  await ada.say('Hello Ben, see https://example.org');
  await ben.click('chat-button');
  await ben.message('Hello Ben, see https://example.org').waitFor();
  await ben.say('Hi Ada 👋 <b>not bold</b>');
  await ada.message('Hi Ada 👋 <b>not bold</b>').waitFor();
});

test('a raised hand is seen by the others', async () => {
  const { ada, ben } = await twoInACall();
  await ada.click('hand-button');
  await ben.page.locator('[data-testid=tile][aria-label*="hand raised"]').waitFor();
  await ada.click('hand-button');
  await ben.page.locator('[data-testid=tile][aria-label*="hand raised"]').waitFor({ state: 'detached' });
});

test('a reaction flies over the pages of the others', async () => {
  const { ada, ben } = await twoInACall();
  await ada.click('reactions-button');
  await ada.page.getByRole('button', { name: 'Applause' }).click();
  await ben.find('reactions').getByText('👏').waitFor();
  await ben.find('reactions').getByText('Ada').waitFor();
});

test('who makes a sound is shown as speaking', async () => {
  const { ben } = await twoInACall();
  await ben.click('microphone-button');
  await waitFor(
    'Ada speaking',
    async () => (await ben.tile('Ada').getAttribute('data-speaking')) === 'true',
    30_000,
  );
});

test('in speaker view the other person is the large one', async () => {
  const { ada } = await twoInACall();
  await ada.click('view-button');
  await waitFor('Ben being large', async () => (await ada.tile('Ben').getAttribute('data-role')) === 'focus');
  const [large, small] = [await ada.tile('Ben').boundingBox(), await ada.ownTile.boundingBox()];
  expect((large?.width ?? 0) * (large?.height ?? 0)).toBeGreaterThan(
    3 * (small?.width ?? 0) * (small?.height ?? 0),
  );
  await ada.expectMovingPicture('Ben');
});

test('the link invites others into the room', async () => {
  const { room, ada } = await twoInACall();
  await ada.find('copy-link').first().click();
  const link = await ada.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`${server().url}/r/${room}`);

  const cleo = new CallPage(await open(), 'Cleo');
  await cleo.page.goto(link);
  expect(await cleo.find('room-input').inputValue()).toBe(room);
  await cleo.find('name-input').fill('Cleo');
  await cleo.click('join-button');
  await ada.tile('Cleo').waitFor();
});

test('who leaves is gone for the others, and can come back', async () => {
  const { ada, ben } = await twoInACall();
  await ada.click('leave-button');
  await ada.find('ended').waitFor();
  await ben.tile('Ada').waitFor({ state: 'detached' });

  await ada.click('rejoin');
  await ben.expectMovingPicture('Ada');
  await ada.expectMovingPicture('Ben');
});

test('a reload brings the same person back into the call', async () => {
  const { ada, ben } = await twoInACall();
  await ben.expectMovingPicture('Ada');
  const before = await ada.ownIdentity();

  await ada.page.reload();
  await ada.find('leave-button').waitFor();

  expect(await ada.ownIdentity()).toBe(before);
  await ben.expectMovingPicture('Ada');
  await ada.expectMovingPicture('Ben');
  expect(await ben.find('tile').count()).toBe(1);
});

test('a call goes on by itself after the server was restarted', async () => {
  const first = await ParleyServer.start();
  const [ada, ben] = [new CallPage(await open(), 'Ada'), new CallPage(await open(), 'Ben')];
  const room = freshRoom();
  await ada.join(first.url, room);
  await ben.join(first.url, room);
  await ada.expectMovingPicture('Ben');

  await first.stop();
  await ada
    .find('connection')
    .getByText(/Reconnecting/)
    .waitFor();
  const second = await ParleyServer.start(first);

  await ada
    .find('connection')
    .getByText(/Reconnecting/)
    .waitFor({ state: 'detached' });
  await ada.expectMovingPicture('Ben');
  await ben.expectToHear('Ada');
  await Promise.all([ada.page.context().close(), ben.page.context().close()]);
  await second.stop();
});

test('without a name one is told to give one', async () => {
  const page = await open();
  await page.goto(server().url);
  await page.getByTestId('room-input').fill('somewhere');
  await page.getByTestId('join-button').click();
  await page.getByRole('alert').filter({ hasText: 'Enter your name' }).waitFor();
});
