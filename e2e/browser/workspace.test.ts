import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { seriousViolations } from '../support/accessibility.js';
import { useBrowser } from '../support/browser.js';
import { useServer } from '../support/server.js';

const server = useServer(() => ({ PARLEY_WORKSPACE: 'on' }));
const open = useBrowser();

const PASSWORD = 'a long way home';

async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await page.locator(`[name="${name}"]`).fill(value);
  await page.getByTestId('submit').click();
}

async function expectIn(page: Page, name: string): Promise<void> {
  await page.getByTestId('user-panel').getByText(name, { exact: true }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'general' }).waitFor();
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByTestId('user-panel').click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('a workspace is set up, somebody is invited, and both come and go', { timeout: 180_000 }, async () => {
  const olga = await open();
  await olga.goto(server().url);
  await olga.getByTestId('set-up').waitFor();
  expect(await seriousViolations(olga)).toEqual([]);
  await fill(olga, { workspace_name: 'Kitchen', user_name: 'olga', password: 'short' });
  await olga.getByText('Too short.').waitFor();
  await fill(olga, { workspace_name: 'Kitchen', user_name: 'olga', password: PASSWORD });
  await expectIn(olga, 'olga');
  expect(await seriousViolations(olga)).toEqual([]);

  await olga.getByRole('button', { name: 'Invite people' }).first().click();
  await olga.getByRole('button', { name: 'Make a link' }).click();
  const link = await olga.getByTestId('invite-link').inputValue();
  expect(link.startsWith(`${server().url}/invite/`)).toBe(true);

  const bob = await open();
  await bob.goto(link);
  await bob.getByRole('heading', { name: 'Kitchen' }).waitFor();
  expect(await seriousViolations(bob)).toEqual([]);
  await fill(bob, { user_name: 'olga', password: PASSWORD });
  await bob.getByText('Somebody has this name already.').waitFor();
  await fill(bob, { user_name: 'bob', password: PASSWORD });
  await expectIn(bob, 'bob');

  // The place that one had open is there again after signing in.
  await bob.getByRole('link', { name: 'announcements' }).click();
  await bob.getByRole('heading', { level: 1, name: 'announcements' }).waitFor();
  await choose(bob, 'Sign out');
  await bob.getByRole('heading', { name: 'Kitchen' }).waitFor();
  await fill(bob, { user_name: 'bob', password: 'not my password' });
  await bob.getByText('Name or password is wrong.').waitFor();
  await fill(bob, { user_name: 'bob', password: PASSWORD });
  await bob.getByRole('heading', { level: 1, name: 'announcements' }).waitFor();

  // From another device one ends the session of this one.
  const elsewhere = await open();
  await elsewhere.goto(server().url);
  await fill(elsewhere, { user_name: 'bob', password: PASSWORD });
  await expectIn(elsewhere, 'bob');
  await choose(elsewhere, 'Settings');
  await elsewhere.getByRole('tab', { name: 'Devices' }).click();
  await elsewhere.getByRole('button', { name: /^End the session/u }).click();
  await elsewhere.getByText('The session was ended').first().waitFor();
  await bob.reload();
  await bob.getByTestId('sign-in').waitFor();

  await olga.reload();
  await expectIn(olga, 'olga');
});

test('a guest calls without an account, from the page on which one signs in', async () => {
  const guest = await open();
  await guest.goto(server().url);
  await guest.getByRole('link', { name: 'Start a call without an account' }).click();
  await guest.getByTestId('join-button').waitFor();
});
