import type { OwnAccount, Ring } from '@parley/contract';
import { ownCalls, ownConversations } from '@parley/contract';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { CallLine } from '../../../src/ringing/call-line.js';
import { CallingCard } from '../../../src/ringing/calling-card.js';
import { Rings } from '../../../src/ringing/rings.js';
import { applyRingEvent } from '../../../src/ringing/rings-query.js';
import { showLanguage } from '../../../src/texts/language.js';
import { conversationOf, personOf } from '../../people-fixtures.js';
import { ringOf } from '../../ringing-fixtures.js';
import { fakeCall } from '../support/fake-call.js';
import { ADA, fakeServer, nothing } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { LOOKS, type Look } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

const BOB = personOf('bob', { display_name: 'Bob Baker' });
const CEM = personOf('cem');
const STOP = 'DELETE /api/v1/channels/1/call/ring';
const ME: OwnAccount = ADA;

afterEach(() => showLanguage('en'));

function server(...calls: Ring[]) {
  const conversations = [conversationOf('1', [BOB]), conversationOf('2', [BOB, CEM], { name: 'Lunch' })];
  return fakeServer({
    'GET /api/v1/calls': () => ({ status: 200, body: ownCalls.parse({ calls }) }),
    'GET /api/v1/conversations': () => ({ status: 200, body: ownConversations.parse({ conversations }) }),
    [STOP]: nothing,
  });
}

async function showRings(look: Partial<Look> = {}) {
  const call = fakeCall();
  const screen = await showWorkspace(
    call.wrap(
      <>
        <textarea aria-label="Message" />
        <Rings me={ME} />
      </>,
    ),
    look,
    '/d',
  );
  const ring = screen.getByRole('alertdialog', { name: 'Bob Baker' });
  return {
    ...screen,
    call,
    ring,
    tell: (payload: Ring) => applyRingEvent(screen.client, { type: 'voice_ringing', payload }),
  };
}

test('who is called is asked wherever they are, and accepts by the keyboard', async () => {
  server(ringOf());
  const { ring, call, address } = await showRings();
  await expect.element(ring).toHaveFocus();
  // What one was just typing answers nothing.
  await userEvent.keyboard('a{Enter} ');
  await expect.element(ring).toBeVisible();
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await expect.element(ring).not.toBeInTheDocument();
  await expect.poll(address).toBe('/d/1');
  expect(call.asked.map(({ room }) => room)).toEqual(['channel:1']);
});

test('a call is declined', async () => {
  const { asked } = server(ringOf());
  const { ring, getByRole } = await showRings();
  await getByRole('button', { name: 'Decline' }).click();
  await expect.element(ring).not.toBeInTheDocument();
  expect(asked.map(({ route }) => route)).toContain(STOP);
});

test('Escape puts a call away without a word to the others, until there is another one', async () => {
  const { asked } = server(ringOf());
  const { ring, tell } = await showRings();
  await expect.element(ring).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(ring).not.toBeInTheDocument();
  expect(asked.map(({ route }) => route)).not.toContain(STOP);
  tell(ringOf({ started_at: '2026-11-29T12:05:00.000Z' }));
  await expect.element(ring).toBeVisible();
});

test('it goes away once it was answered on another device, or the caller gave up', async () => {
  server();
  const { ring, tell, client } = await showRings();
  await expect.poll(() => client.getQueryData(['calls'])).toEqual([]);
  tell(ringOf());
  await expect.element(ring).toBeVisible();
  tell(ringOf({ people: [{ id: 'ada', state: 'answered' }] }));
  await expect.element(ring).not.toBeInTheDocument();
  tell(ringOf({ started_at: '2026-11-29T12:05:00.000Z' }));
  await expect.element(ring).toBeVisible();
  tell(ringOf({ ended: true }));
  await expect.element(ring).not.toBeInTheDocument();
});

test('who calls sees what became of it', async () => {
  server(
    ringOf({
      channel_id: '2',
      caller: { id: 'ada', name: 'ada' },
      people: [
        { id: 'bob', state: 'declined' },
        { id: 'cem', state: 'busy' },
      ],
    }),
  );
  const screen = await showWorkspace(<CallingCard channelId="2" />);
  await expect.element(screen.getByRole('heading', { name: 'Calling…' })).toBeVisible();
  const people = screen.getByRole('listitem');
  await expect.element(people.nth(0)).toHaveTextContent('Bob Bakerhas declined');
  await expect.element(people.nth(1)).toHaveTextContent('cemin another call');
});

test('a call leaves a line', async () => {
  const screen = await showWorkspace(
    <>
      <CallLine call={{ seconds: 725 }} from={undefined} />
      <CallLine call={{ seconds: null }} from="Bob" />
    </>,
  );
  const lines = screen.getByTestId('call-line');
  await expect.element(lines.nth(0)).toHaveTextContent('Call, 12 min');
  await expect.element(lines.nth(1)).toHaveTextContent('Missed call from ⁨Bob⁩');
});

const SOME_LOOKS = LOOKS.filter(({ width }) => width === 320 || width === 1280);
const LONG = 'Wolfeschlegelsteinhausenbergerdorff-عبد-الرحمن-بن-محمد-الأندلسي';

test.each(SOME_LOOKS)('a call at $width×$height $theme $direction', { timeout: 60_000 }, async (look) => {
  server(ringOf({ channel_id: '2', caller: { id: 'bob', name: LONG } }));
  await showLanguage('de');
  const { getByRole } = await showRings(look);
  await expect.element(getByRole('alertdialog')).toHaveFocus();
  expect(overflowing()).toEqual([]);
  expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
});
