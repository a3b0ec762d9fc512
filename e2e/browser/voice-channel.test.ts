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

  // The call goes on while one reads elsewhere.
  await olga.page.getByRole('link', { name: 'general' }).click();
  await olga.page.getByRole('heading', { level: 1, name: 'general' }).waitFor();
  const bar = await olga.page.getByTestId('call-bar').boundingBox();
  const panel = await olga.page.getByTestId('user-panel').boundingBox();
  expect(panel!.y + panel!.height).toBeLessThanOrEqual(bar!.y);
  await olga.page.getByTestId('back-to-call').click();
  await olga.page.getByTestId('view-button').waitFor();

  // A reload leads back into it.
  olga.page.on('dialog', (dialog) => void dialog.accept());
  await olga.page.reload();
  await olga.page.getByTestId('view-button').waitFor();
  await bob.page.getByTestId('leave-button').click();
  await bob.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
  expect(await seriousViolations(bob.page)).toEqual([]);
});
