import type { MemberPage, Message } from '@parley/contract';
import emojiUrl from 'emojibase-data/en/compact.json?url';
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { messageOf } from '../../messages-fixtures.js';
import { nothing, ok, type FakeServer } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { POST, serverWith } from '../support/messages-server.js';
import { showWorkspace } from '../support/show-workspace.js';

const BOB_ID = '00000000-0000-7000-8000-000000000001';
const EMOJI = [
  { unicode: '🍜', label: 'steaming bowl', tags: ['soup'], group: 4, order: 1 },
  { unicode: '👋', label: 'waving hand', group: 1, order: 2, skins: [{ unicode: '👋🏻' }] },
];

afterEach(() => localStorage.clear());

const memberOf = (id: string, user_name: string) => ({
  person: { id, user_name, display_name: null, avatar: null, status: null },
  ...{ nickname: null, role_ids: [], joined_at: '2026-11-29T12:00:00.000Z', timed_out_until: null },
});

function server(members: MemberPage['members']): FakeServer {
  const fake = serverWith([messageOf('m1')]);
  fake.routes['GET /api/v1/communities/kitchen/members*'] = () => ok<MemberPage>({ members, next: null });
  fake.routes[`GET ${emojiUrl}`] = () => ok<object>(EMOJI);
  fake.routes[POST] = () => ok<Message>(messageOf('m9', { text: 'sent' }));
  return fake;
}

const sentBy = ({ asked }: FakeServer) => asked.find(({ route }) => route === POST)?.body;
const showGeneral = () =>
  showWorkspace(<Gate guests>{(me) => <Shell me={me} />}</Gate>, {}, '/c/kitchen/general');

test('a name is completed by keyboard, shown as a name and sent as an id', async () => {
  const fake = server([memberOf('00000000-0000-7000-8000-000000000002', 'ben'), memberOf(BOB_ID, 'bob')]);
  const screen = await showGeneral();
  await screen.getByTestId('composer').click();
  await userEvent.keyboard('Ask @b');
  const list = screen.getByRole('listbox', { name: 'Completions' });
  await expect.element(list.getByRole('option', { name: 'ben' })).toHaveAttribute('aria-selected', 'true');
  expect(overflowing()).toEqual([]);
  expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.element(screen.getByTestId('composer')).toHaveValue('Ask @bob ');
  await userEvent.keyboard('now{Enter}');
  await expect.poll(() => sentBy(fake)).toMatchObject({ text: `Ask <@${BOB_ID}> now` });
});

test('a list that one does not want is closed, and a whole name calls whom exactly one has', async () => {
  const fake = server([memberOf(BOB_ID, 'bob')]);
  const screen = await showGeneral();
  await screen.getByTestId('composer').click();
  await userEvent.keyboard('@bob');
  await expect.element(screen.getByRole('option', { name: 'bob' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('listbox')).not.toBeInTheDocument();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => sentBy(fake)).toMatchObject({ text: `<@${BOB_ID}>` });
});

test('channels and emoji are completed by pressing them', async () => {
  const fake = server([]);
  const screen = await showGeneral();
  await screen.getByTestId('composer').click();
  await userEvent.keyboard('#ne');
  await screen.getByRole('option', { name: '#news' }).click();
  await userEvent.keyboard(':soup');
  await screen.getByRole('option', { name: '🍜 steaming bowl' }).click();
  await expect.element(screen.getByTestId('composer')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => sentBy(fake)).toMatchObject({ text: '<#news> 🍜' });
});

test('an emoji is chosen from all, by name and in a tone of skin, for a text and as a reaction', async () => {
  const fake = server([]);
  fake.routes['PUT /api/v1/channels/general/messages/m1/reactions/%F0%9F%8D%9C'] = nothing;
  const screen = await showGeneral();
  await screen.getByRole('button', { name: 'Emoji' }).click();
  await screen.getByRole('button', { name: /^Tone of skin/u }).click();
  await screen.getByRole('button', { name: 'waving hand' }).click();
  await expect.element(screen.getByTestId('composer')).toHaveValue('👋🏻');
  await screen.getByRole('button', { name: 'React', exact: true }).click();
  await userEvent.keyboard('soup');
  expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
  await screen.getByRole('button', { name: 'steaming bowl' }).click();
  await expect.element(screen.getByRole('button', { name: '🍜, 1 person' })).toBeVisible();
});
