import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { seriousViolations } from '../support/accessibility.js';
import { useBrowser } from '../support/browser.js';
import { useServer } from '../support/server.js';

const server = useServer(() => ({ PARLEY_WORKSPACE: 'on' }));
const open = useBrowser();

const PASSWORD = 'a long way home';

interface Person {
  page: Page;
  /** Answers with what the API answers this person. */
  ask: (method: string, path: string, body?: unknown) => Promise<unknown>;
}

/** A page whose owner makes themselves known by what is posted there. */
async function enter(path: string, body: object): Promise<Person> {
  const page = await open();
  const { url } = server();
  await page.goto(`${url}/call`);
  const ask: Person['ask'] = async (method, to, data) => {
    const headers = { origin: url, 'content-type': 'application/json' };
    const answer = await page.request.fetch(`${url}/api/v1/${to}`, { method, headers, data: data ?? {} });
    expect(answer.ok(), `${method} ${to}: ${await answer.text()}`).toBe(true);
    const text = await answer.text();
    const told: unknown = text === '' ? undefined : JSON.parse(text);
    return told;
  };
  await ask('POST', path, body);
  return { page, ask };
}

async function joinVoice({ page }: Person): Promise<void> {
  await page.getByRole('link', { name: /^Voice channel/ }).click();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByTestId('view-button').waitFor();
  // One comes in to talk, without camera.
  await page.getByTestId('camera-button').click();
}

test('two people talk in a voice channel, look at another, and come back', { timeout: 180_000 }, async () => {
  const olga = await enter('setup', { workspace_name: 'Kitchen', user_name: 'olga', password: PASSWORD });
  const { communities } = (await olga.ask('GET', 'communities')) as { communities: { id: string }[] };
  const wish = { community_id: communities[0]!.id, expires_in: null, most_uses: null };
  const { code } = (await olga.ask('POST', 'invites', wish)) as { code: string };
  const bob = await enter(`invites/${code}/account`, { user_name: 'bob', password: PASSWORD });

  for (const { page } of [olga, bob]) await page.goto(server().url);
  await joinVoice(olga);
  expect(await seriousViolations(olga.page)).toEqual([]);
  await joinVoice(bob);
  for (const { page } of [olga, bob]) {
    await page.waitForFunction(
      () => [...document.querySelectorAll('video')].filter(({ videoWidth }) => videoWidth > 0).length === 2,
    );
  }

  // The call is laid out by its own width: beside the channels as on a phone, without a page in the page.
  await olga.page.setViewportSize({ width: 820, height: 1180 });
  await olga.page.getByTestId('screen-button').waitFor({ state: 'detached' });
  const stage = await olga.page.getByTestId('stage').boundingBox();
  const leave = await olga.page.getByTestId('leave-button').boundingBox();
  expect(leave!.x).toBeGreaterThanOrEqual(stage!.x);
  expect(leave!.x + leave!.width).toBeLessThanOrEqual(820);
  expect(await olga.page.locator('main').count()).toBe(1);
  expect(await olga.page.locator('h1').count()).toBe(1);

  // A phone shows the call alone, with a way to the channels and one back.
  await olga.page.setViewportSize({ width: 390, height: 844 });
  await olga.page.getByRole('link', { name: 'Back to the channels' }).click();
  await olga.page.getByTestId('back-to-call').click();
  await olga.page.getByTestId('view-button').waitFor();
  await olga.page.setViewportSize({ width: 1280, height: 800 });

  // The call goes on while one reads elsewhere.
  await olga.page.getByRole('link', { name: 'general' }).click();
  await olga.page.getByRole('heading', { level: 1, name: 'general' }).waitFor();
  const bar = await olga.page.getByTestId('call-bar').boundingBox();
  const panel = await olga.page.getByTestId('user-panel').boundingBox();
  expect(bar!.y + bar!.height).toBeLessThanOrEqual(panel!.y);

  // A reload leads back into it, also there.
  olga.page.on('dialog', (dialog) => void dialog.accept());
  await olga.page.reload();
  await olga.page.getByTestId('back-to-call').click();
  await olga.page.getByTestId('view-button').waitFor();
  await bob.page.getByTestId('leave-button').click();
  await bob.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
  expect(await seriousViolations(bob.page)).toEqual([]);
});
