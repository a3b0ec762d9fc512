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

async function write(page: Page, text: string): Promise<void> {
  await page.getByTestId('composer').fill(text);
  await page.getByTestId('composer').press('Enter');
}

const messages = (page: Page) => page.getByTestId('message');

async function choose(page: Page, text: string, item: string): Promise<void> {
  const message = messages(page).filter({ hasText: text });
  await message.hover();
  await message.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('two people write to each other in a channel', { timeout: 180_000 }, async () => {
  const olga = await open();
  await olga.goto(server().url);
  await fill(olga, { workspace_name: 'Kitchen', user_name: 'olga', password: PASSWORD });
  await olga.getByRole('button', { name: 'Invite people' }).first().click();
  await olga.getByRole('button', { name: 'Make a link' }).click();
  const link = await olga.getByTestId('invite-link').inputValue();
  await olga.getByRole('button', { name: 'Close' }).click();
  const bob = await open();
  await bob.goto(link);
  await fill(bob, { user_name: 'bob', password: PASSWORD });
  await bob.getByTestId('composer').waitFor();

  await write(olga, 'Soup is **ready**');
  await messages(bob).getByText('ready').waitFor();
  expect(await messages(bob).locator('strong', { hasText: 'ready' }).count()).toBe(1);
  await bob.reload();
  await messages(bob).getByText('ready').waitFor();

  // What did not get through is sent again, once.
  await bob.context().setOffline(true);
  await write(bob, 'I am coming');
  await bob.getByText('Not sent.').waitFor();
  await bob.context().setOffline(false);
  await bob.getByRole('button', { name: 'Try again' }).click();
  await messages(olga).getByText('I am coming').waitFor();
  await bob.getByText('Not sent.').waitFor({ state: 'detached' });
  expect(await messages(bob).getByText('I am coming').count()).toBe(1);
  expect(await seriousViolations(bob)).toEqual([]);

  // What is changed and deleted is changed and deleted for the other too.
  await bob.getByTestId('composer').press('ArrowUp');
  await bob.getByTestId('edit').fill('I am coming at noon');
  await bob.getByTestId('edit').press('Enter');
  await messages(olga).getByText('I am coming at noon').waitFor();
  await messages(olga).getByText('edited').waitFor();
  await choose(olga, 'I am coming at noon', 'React with 👍');
  await bob.getByRole('button', { name: '👍, 1 person' }).click();
  await olga.getByRole('button', { name: '👍, 2 people' }).waitFor();
  await choose(bob, 'I am coming at noon', 'Delete');
  await bob.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await messages(olga).getByText('I am coming at noon').waitFor({ state: 'detached' });
  await messages(bob).getByText('I am coming at noon').waitFor({ state: 'detached' });

  // Elsewhere one sees that there is something new, until it is read.
  await bob.getByRole('link', { name: 'announcements' }).click();
  await bob.getByRole('heading', { level: 1, name: 'announcements' }).waitFor();
  await write(olga, 'Second helping');
  await bob.getByRole('link', { name: 'general 1 new' }).click();
  await bob.getByTestId('new-line').waitFor();
  await messages(bob).getByText('Second helping').waitFor();
  await bob.getByRole('link', { name: 'general', exact: true }).waitFor();
});
