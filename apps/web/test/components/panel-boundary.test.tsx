import { expect, test } from 'vitest';
import { PanelBoundary } from '../../src/call/panel-boundary.js';
import { show } from './support/show.js';

test('a panel that fails says so in its own place, and can be tried again', async () => {
  let fails = true;
  const Content = () => {
    if (fails) throw new Error('broken');
    return <p>Messages are here</p>;
  };
  const screen = await show(
    <main>
      <p>The stage</p>
      <PanelBoundary>
        <Content />
      </PanelBoundary>
    </main>,
  );
  await expect.element(screen.getByRole('alert')).toBeVisible();
  await expect.element(screen.getByText('The stage')).toBeVisible();
  fails = false;
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByText('Messages are here')).toBeVisible();
});
