import { expect, test } from 'vitest';
import { seriousViolations } from '../support/accessibility.js';
import { useBarePages } from '../support/bare-page.js';
import { outputPath, useBrowser } from '../support/browser.js';
import { CallPage } from '../support/call-page.js';
import { useLinkedServer } from '../support/lossy-link.js';
import { publishNoise } from '../support/noise.js';
import { freshRoom } from '../support/participants.js';
import { waitFor } from '../support/wait.js';

/** Less than the lowest layer takes. */
const TOO_NARROW = { bitsPerSecond: 90_000, delay: 20 };
const WIDE = { bitsPerSecond: 5_000_000, delay: 20 };

const { server, link } = useLinkedServer();
const open = useBrowser();
const openBarePage = useBarePages(server, open);

test('a picture that the connection has no room for says so, and moves again once there is room', async ({
  task,
}) => {
  const room = freshRoom();
  link().expect('Grace Hopper');
  await publishNoise(await openBarePage(room, 'Grace Hopper'));
  link().expect('Ada', { down: WIDE });
  const ada = await new CallPage(await open(), 'Ada').join(server().url, room);
  await ada.expectMovingPicture('Grace Hopper');
  const tile = ada.tile('Grace Hopper');
  const isPaused = async () => (await tile.getAttribute('data-paused')) === 'true';

  link().set('Ada', { down: TOO_NARROW });
  await waitFor('the note on the tile', isPaused, 20_000);
  expect(await tile.getAttribute('aria-label')).toContain('picture paused');
  await ada.page.screenshot({ path: outputPath(task.name) });
  expect(await seriousViolations(ada.page)).toEqual([]);

  link().set('Ada', { down: WIDE });
  await waitFor('the end of the pause', async () => !(await isPaused()), 20_000);
  await ada.expectMovingPicture('Grace Hopper');
});
