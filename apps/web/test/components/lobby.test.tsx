import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lobby } from '../../src/lobby/lobby.js';
import { fakeCall } from './support/fake-call.js';
import { accessibilityFindings, overflowing } from './support/findings.js';
import { LOOKS, show } from './support/show.js';

const nameOf = ({ width, height, theme, direction }: (typeof LOOKS)[number]) =>
  `${width}×${height} ${theme} ${direction}`;

let people: { names: string[]; total: number };

beforeEach(() => {
  localStorage.setItem(
    'parley.preferences',
    JSON.stringify({ name: 'Ada', cameraOn: false, microphoneOn: false }),
  );
  people = { names: ['Anna', 'עומר', 'Béla'], total: 5 };
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(
      new Response(
        JSON.stringify(url === '/api/settings' ? { guests: true, workspace: false, version: '1' } : people),
      ),
    ),
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

/** A lobby for a room that another tab is in. */
function besideAnotherTab() {
  const call = fakeCall();
  const joined: unknown[][] = [];
  call.context.tabs.calls.set(new Map([['other', { room: 'weekly', token: 'theirs' }]]));
  const lobby = call.wrap(<Lobby room="Weekly" onJoin={(...wanted) => joined.push(wanted)} />);
  return { call, joined, lobby };
}

test('who is in the call in another tab takes it over, or comes in a second time', async () => {
  const { call, joined, lobby } = besideAnotherTab();
  const screen = await show(lobby);
  await expect.element(screen.getByTestId('other-tab')).toHaveTextContent('in another tab');
  await screen.getByRole('button', { name: 'Use this tab instead' }).click();
  await screen.getByRole('button', { name: 'Join a second time' }).click();
  expect(joined).toEqual([
    ['Weekly', 'Ada', 'theirs'],
    ['Weekly', 'Ada', undefined],
  ]);
  call.context.tabs.calls.set(new Map());
  await expect.element(screen.getByRole('button', { name: 'Join the call' })).toBeVisible();
  await expect.element(screen.getByTestId('other-tab')).not.toBeVisible();
});

test('the lobby says who is in the room', async () => {
  const call = fakeCall();
  const screen = await show(call.wrap(<Lobby room="Weekly" onJoin={() => undefined} />));
  const here = screen.getByTestId('people-here');
  await expect.element(here).toHaveTextContent('\u2068Anna\u2069, \u2068עומר\u2069, and 3 others are here');
  people = { names: [], total: 0 };
  await screen.getByTestId('room-input').fill('another');
  await expect.element(here).toHaveTextContent('Nobody is here yet.');
});

test('on a phone held sideways the way in is seen at once', async () => {
  const call = fakeCall();
  const screen = await show(call.wrap(<Lobby room="Weekly" onJoin={() => undefined} />), {
    width: 740,
    height: 360,
  });
  await expect.element(screen.getByTestId('people-here')).toHaveTextContent('3 others');
  const { bottom } = screen.getByTestId('join-button').element().getBoundingClientRect();
  expect(bottom).toBeLessThanOrEqual(360);
  const preview = screen.getByTestId('preview').element().getBoundingClientRect();
  expect(preview.top).toBeGreaterThanOrEqual(0);
  expect(preview.bottom).toBeLessThanOrEqual(360);
});

test.each(LOOKS.map((look) => [nameOf(look), look] as const))('the lobby at %s', async (_name, look) => {
  const screen = await show(besideAnotherTab().lobby, look);
  await expect.element(screen.getByTestId('people-here')).toHaveTextContent('3 others');
  expect(overflowing()).toEqual([]);
  expect(await accessibilityFindings()).toEqual([]);
});
