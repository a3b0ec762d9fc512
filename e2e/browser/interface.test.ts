import { afterEach, describe, expect, test } from 'vitest';
import { seriousViolations } from '../support/accessibility.js';
import { outputPath, useBrowser } from '../support/browser.js';
import { CallPage } from '../support/call-page.js';
import { freshRoom, useParticipants } from '../support/participants.js';
import { usePictures } from '../support/picture.js';
import { useServer } from '../support/server.js';
import { waitFor } from '../support/wait.js';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

const server = useServer();
const join = useParticipants(server);
const picture = usePictures();
const open = useBrowser();

/** A call with two others, who cost the machine less than browsers would. */
async function openCall(options: Parameters<typeof open>[0]): Promise<CallPage> {
  const room = freshRoom();
  for (const name of ['Grace Hopper', 'Alan Turing']) {
    await picture({ width: 640, height: 360 }).publish(await join(room, name, { name }));
  }
  const ada = await new CallPage(await open(options), 'Ada').join(server().url, room);
  await ada.expectMovingPicture('Grace Hopper');
  return ada;
}

describe.each([
  ['on a desktop, light', 'light', DESKTOP],
  ['on a desktop, dark', 'dark', DESKTOP],
  ['on a phone, light', 'light', PHONE],
  ['on a phone, dark', 'dark', PHONE],
] as const)('%s', (where, colorScheme, size) => {
  let shown: CallPage;

  afterEach(async ({ task }) => {
    await shown.page.screenshot({ path: outputPath(`${task.name} ${where}`) }).catch(() => undefined);
  });

  async function expectNothingSerious(): Promise<void> {
    expect(await seriousViolations(shown.page)).toEqual([]);
  }

  async function expectNoSidewaysScrolling(): Promise<void> {
    expect(
      await shown.page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
  }

  test('the lobby', async () => {
    shown = new CallPage(await open({ ...size, colorScheme }), 'Ada');
    await shown.page.goto(server().url);
    await shown.find('preview').locator('video').waitFor();
    await expectNothingSerious();
    await expectNoSidewaysScrolling();
    expect(await shown.find('join-button').boundingBox()).not.toBeNull();
  });

  test('a call, in grid and speaker view', async () => {
    shown = await openCall({ ...size, colorScheme });
    await expectNothingSerious();
    await expectNoSidewaysScrolling();
    for (const button of ['microphone-button', 'camera-button', 'chat-button', 'leave-button']) {
      const box = await shown.find(button).boundingBox();
      expect(box, button).not.toBeNull();
      expect(Math.min(box!.width, box!.height), `size of ${button}`).toBeGreaterThanOrEqual(40);
      expect(box!.x + box!.width, `right end of ${button}`).toBeLessThanOrEqual(size.viewport.width);
      expect(box!.y + box!.height, `lower end of ${button}`).toBeLessThanOrEqual(size.viewport.height);
    }
    await shown.click('view-button');
    await expectNothingSerious();
    await expectNoSidewaysScrolling();
  });

  test('messages', async () => {
    shown = await openCall({ ...size, colorScheme });
    await shown.say('Hello everyone');
    await shown.message('Hello everyone').waitFor();
    await expectNothingSerious();
    await expectNoSidewaysScrolling();
    if (size !== PHONE) return;
    await shown.find('chat-panel').getByRole('button', { name: 'Microphone', exact: true }).click();
    await waitFor('the mute', async () => (await shown.ownTile.getAttribute('data-muted')) === 'true');
    expect(await shown.find('chat-input').isVisible()).toBe(true);
  });

  test('the end of a call', async () => {
    shown = await new CallPage(await open({ ...size, colorScheme }), 'Ada').join(server().url, freshRoom());
    await shown.click('leave-button');
    await shown.find('ended').waitFor();
    await expectNothingSerious();
    await expectNoSidewaysScrolling();
  });
});

test('the theme follows the system', async () => {
  const page = await open({ colorScheme: 'light' });
  await page.goto(server().url);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  await waitFor('the dark theme', async () => (await background()) !== light);
});

test('with the keyboard alone one joins, mutes, writes, raises a hand and leaves', async () => {
  const room = freshRoom();
  const events: string[] = [];
  await join(room, 'listener', {
    name: 'Listener',
    prepare: (connecting) => {
      connecting.on('trackMuted', () => events.push('muted'));
      connecting.on('participantAttributesChanged', (changed) => events.push(...Object.keys(changed)));
      connecting.on('participantDisconnected', () => events.push('left'));
      connecting.registerTextStreamHandler('lk.chat', (reader) => {
        void reader.readAll().then((text) => events.push(text));
      });
    },
  });
  const page = await open();
  await page.goto(server().url);
  await page.getByTestId('name-input').waitFor();
  await page.keyboard.type('Ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type(room);
  await page.keyboard.press('Enter');
  await page.getByTestId('leave-button').waitFor();
  await waitFor('the microphone', async () => {
    return (await page.getByTestId('local-tile').getAttribute('data-muted')) === 'false';
  });

  await page.keyboard.press('m');
  await waitFor('the mute', () => events.includes('muted'));
  await page.keyboard.press('h');
  await waitFor('the hand', () => events.includes('hand'));
  await page.keyboard.press('c');
  await page.getByTestId('chat-input').waitFor();
  await page.keyboard.type('made by keys: mvshg?');
  await page.keyboard.press('Enter');
  await waitFor('the message', () => events.includes('made by keys: mvshg?'));
  await page.keyboard.press('Escape');
  await page.getByTestId('chat-input').waitFor({ state: 'detached' });
  await page.keyboard.press('Shift+L');
  await page.getByTestId('ended').waitFor();
  await waitFor('the others seeing it', () => events.includes('left'));
});

test('joining, leaving, hands and messages of others are announced to screen readers', async () => {
  const room = freshRoom();
  const ada = await new CallPage(await open(), 'Ada').join(server().url, room);
  const announced = (text: string | RegExp) => ada.find('announcements').getByText(text).waitFor();

  const grace = await join(room, 'grace', { name: 'Grace' });
  await announced(/Grace.*joined/);
  await grace.localParticipant?.setAttributes({ hand: String(Date.now()) });
  await announced(/Grace.*hand/);
  await grace.localParticipant?.sendText('Hello Ada', { topic: 'lk.chat' });
  await announced(/Grace.*Hello Ada/);
  await grace.disconnect();
  await announced(/Grace.*left/);
});

test('without a camera and a microphone one is told so, and can join all the same', async () => {
  const page = await open();
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
  });
  const ada = await new CallPage(page, 'Ada').join(server().url, freshRoom());
  expect(await ada.ownTile.getAttribute('data-video')).toBe('false');
  expect(await ada.ownTile.getAttribute('data-muted')).toBe('true');
});
