import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PageOptions, useBrowser } from '../support/browser.js';
import { CallPage } from '../support/call-page.js';
import { freshRoom } from '../support/participants.js';
import { ParleyServer, useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const server = useServer();
const open = useBrowser();

async function join(room: string, name: string, options: PageOptions = {}): Promise<CallPage> {
  return new CallPage(await open(options), name).join(server().url, room);
}

async function twoInACall(
  options: PageOptions = {},
): Promise<{ room: string; ada: CallPage; ben: CallPage }> {
  const room = freshRoom();
  const ada = await join(room, 'Ada', options);
  const ben = await join(room, 'Ben', options);
  await Promise.all([ada.tile('Ben').waitFor(), ben.tile('Ada').waitFor()]);
  return { room, ada, ben };
}

describe('in a call of two', () => {
  let room: string;
  let ada: CallPage;
  let ben: CallPage;

  beforeAll(async () => {
    ({ room, ada, ben } = await twoInACall({ shared: true }));
  });

  afterAll(() => Promise.all([ada, ben].map(({ page }) => page.context().close())));

  test('two people see and hear each other', async () => {
    await ada.expectMovingPicture('Ben');
    await ben.expectMovingPicture('Ada');
    await ada.expectToHear('Ben');
    await ben.expectToHear('Ada');
  });

  test('a third person is seen by both, and sees both', async () => {
    const cleo = await join(room, 'Cleo');
    await cleo.expectMovingPicture('Ada');
    await cleo.expectMovingPicture('Ben');
    await ada.expectMovingPicture('Cleo');
    await ben.expectMovingPicture('Cleo');
  });

  test('who mutes or turns the camera off is not heard or seen, until they turn it on again', async () => {
    await ben.expectToHear('Ada');
    await ben.expectMovingPicture('Ada');

    await ada.click('microphone-button');
    await ada.click('camera-button');
    await waitFor('the mute', async () => (await ben.tile('Ada').getAttribute('data-muted')) === 'true');
    await waitFor(
      'the camera being off',
      async () => (await ben.tile('Ada').getAttribute('data-video')) === 'false',
    );
    expect(await ben.loudnessOf('Ada')).toBeLessThan(0.001);
    expect(await ben.tile('Ada').locator('video').count()).toBe(0);

    await ada.click('microphone-button');
    await ada.click('camera-button');
    await waitFor('the unmute', async () => (await ben.tile('Ada').getAttribute('data-muted')) === 'false');
    await ben.expectToHear('Ada');
    await ben.expectMovingPicture('Ada');
  });

  test('a shared screen is shown to the others, and gone when sharing ends', async () => {
    await ada.click('screen-button');
    await ben.expectMovingPicture('Ada', 'screen');
    await ben.expectMovingPicture('Ada', 'camera');

    await ada.click('screen-button');
    await ben.tile('Ada', 'screen').waitFor({ state: 'detached' });
  });

  test('messages, hands and reactions reach the others', async () => {
    await ada.say('Hello Ben, see https://example.org');
    await ben.click('chat-button');
    await ben.message('Hello Ben, see https://example.org').waitFor();
    await ben.say('Hi Ada 👋 <b>not bold</b>');
    await ada.message('Hi Ada 👋 <b>not bold</b>').waitFor();

    const raised = ben.page.locator('[data-testid=tile][aria-label*="hand raised"]');
    await ada.click('hand-button');
    await raised.waitFor();
    await ada.click('hand-button');
    await raised.waitFor({ state: 'detached' });

    await ada.click('reactions-button');
    await ada.page.getByRole('button', { name: 'Applause' }).click();
    await ben.find('reactions').getByText('👏').waitFor();
    await ben.find('reactions').getByText('Ada').waitFor();
    await ada.click('chat-button');
    await ben.click('chat-button');
  });

  test('who makes a sound is shown as speaking', async () => {
    await ben.click('microphone-button');
    await waitFor(
      'Ada speaking',
      async () => (await ben.tile('Ada').getAttribute('data-speaking')) === 'true',
      30_000,
    );
    await ben.click('microphone-button');
  });

  test('in speaker view the other person is the large one', async () => {
    await ada.click('view-button');
    await waitFor(
      'Ben being large',
      async () => (await ada.tile('Ben').getAttribute('data-role')) === 'focus',
    );
    const [large, small] = [await ada.tile('Ben').boundingBox(), await ada.ownTile.boundingBox()];
    expect((large?.width ?? 0) * (large?.height ?? 0)).toBeGreaterThan(
      3 * (small?.width ?? 0) * (small?.height ?? 0),
    );
    await ada.expectMovingPicture('Ben');
    await ada.click('view-button');
  });

  test('the link invites others into the room', async () => {
    await ada.find('copy-link').first().click();
    const link = await ada.page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${server().url}/r/${room}`);

    // Who types the link in capitals meets the same people.
    const spelled = room.toUpperCase();
    const cleo = new CallPage(await open(), 'Cleo');
    await cleo.page.goto(link.replace(room, spelled));
    expect(await cleo.find('room-input').inputValue()).toBe(spelled);
    await cleo
      .find('people-here')
      .getByText(/Ada.* and .*Ben.* are here/)
      .waitFor();
    await cleo.find('name-input').fill('Cleo');
    await cleo.click('join-button');
    await ada.tile('Cleo').waitFor();
  });
});

test('the call goes on when one goes back a page, and what was half-written is still there', async () => {
  const { ada, ben } = await twoInACall();
  await ada.click('chat-button');
  await ada.write('chat-input', 'half-written');
  await ada.page.keyboard.press('Escape');

  await ada.page.goBack();
  await ada.find('call-bar').getByText('2 people').waitFor();
  await ada.find('join-button').waitFor();
  await ben.expectToHear('Ada');
  await ada.click('back-to-call');
  await ada.expectMovingPicture('Ben');
  await ada.click('chat-button');
  expect(await ada.find('chat-input').inputValue()).toBe('half-written');
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

test('a reload brings the same person back into the call, and another tab takes it over', async () => {
  const { room, ada, ben } = await twoInACall();
  await ben.expectMovingPicture('Ada');
  const before = await ada.ownIdentity();

  await ada.page.reload();
  await ada.find('leave-button').waitFor();

  expect(await ada.ownIdentity()).toBe(before);
  await ben.expectMovingPicture('Ada');
  await ada.expectMovingPicture('Ben');
  expect(await ben.find('tile').count()).toBe(1);

  const second = new CallPage(await ada.page.context().newPage(), 'Ada');
  await second.page.goto(`${server().url}/r/${room.toUpperCase()}`);
  await second.find('other-tab').getByText('in another tab').waitFor();
  await second.click('join-button');
  await ada
    .find('ended')
    .getByText(/from somewhere else/)
    .waitFor();
  await second.expectMovingPicture('Ben');
  expect(await second.ownIdentity()).toBe(before);
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
  // Nobody vanishes meanwhile: who was there stays, dimmed.
  await waitFor('Ben being dimmed', async () => (await ada.tile('Ben').getAttribute('data-away')) === 'true');
  expect(await ada.find('invite-card').count()).toBe(0);
  const second = await ParleyServer.start(first);

  await ada
    .find('connection')
    .getByText(/Reconnecting/)
    .waitFor({ state: 'detached' });
  await ada.expectMovingPicture('Ben');
  expect(await ada.tile('Ben').getAttribute('data-away')).toBe('false');
  await waitFor(
    'the microphone being on again',
    async () => (await ada.find('microphone-button').getAttribute('data-state')) === 'on',
  );
  await ben.expectToHear('Ada');
  await Promise.all([ada.page.context().close(), ben.page.context().close()]);
  await second.stop();
});

test('addresses that lead nowhere have a page that says so; without a name one is told to give one', async () => {
  const page = await open();
  for (const address of ['/nothing/here', '/r/', '/r/%E0%A4%A']) {
    await page.goto(server().url + address);
    await page.getByTestId('not-found').waitFor();
  }
  await page.goto(server().url);
  await page.getByTestId('room-input').fill('somewhere');
  await page.getByTestId('join-button').click();
  await page.getByRole('alert').filter({ hasText: 'Enter your name' }).waitFor();
});
