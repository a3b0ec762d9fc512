import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ControlBar } from '../../src/call/control-bar.js';
import { enter, fakeCall } from './support/fake-call.js';
import { accessibilityFindings } from './support/findings.js';
import { show } from './support/show.js';

test('menus of the bar open within a landmark', async () => {
  const call = fakeCall();
  await enter(call);
  const screen = await show(call.wrap(<ControlBar narrow={false} />));
  for (const name of ['Choose microphone and speaker', 'Choose camera', 'More']) {
    await screen.getByRole('button', { name }).click();
    await expect.element(screen.getByRole('menu')).toBeVisible();
    expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(screen.getByRole('menu')).not.toBeInTheDocument();
  }
});

test('in a low call the bar leaves the height to the pictures', async () => {
  const call = fakeCall();
  await enter(call);
  const frame = { container: 'call / size', height: '100dvh' };
  const bar = (
    <div style={frame}>
      <ControlBar narrow />
    </div>
  );
  const screen = await show(call.wrap(bar), { width: 640, height: 400 });
  await expect.element(screen.getByTestId('leave-button')).toBeVisible();
  const { height } = screen.getByTestId('leave-button').element().getBoundingClientRect();
  expect(height).toBeGreaterThanOrEqual(40);
  expect(screen.getByRole('contentinfo').element().getBoundingClientRect().height).toBeLessThanOrEqual(64);
});
