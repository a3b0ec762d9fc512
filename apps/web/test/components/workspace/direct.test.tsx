import type {
  Conversation,
  MessagePage,
  OwnAccount,
  Person,
  Relations,
  RelationTo,
  Start,
  UnreadChannel,
} from '@parley/contract';
import { foundPeople, ownCommunities, ownConversations, unreadChannels } from '@parley/contract';
import { afterEach, expect, test } from 'vitest';
import { Gate } from '../../../src/workspace/gate.js';
import { Shell } from '../../../src/workspace/shell.js';
import { applyPeopleEvent } from '../../../src/people/apply-people-event.js';
import { messageOf } from '../../messages-fixtures.js';
import { conversationOf, personOf } from '../../people-fixtures.js';
import { communityOf } from '../../workspace-fixtures.js';
import { ADA, fakeServer, nothing, ok, refused, SET_UP, type FakeServer } from '../support/fake-server.js';
import { accessibilityFindings, overflowing } from '../support/findings.js';
import { LOOKS } from '../support/show.js';
import { showWorkspace } from '../support/show-workspace.js';

const WORKSPACE = <Gate guests>{(me) => <Shell me={me} />}</Gate>;
const PHONE = { width: 390, height: 844 };
const PATIENCE = { timeout: 60_000 };
const BOB = personOf('bob', { display_name: 'Bob Baker' });
const CEM = personOf('cem');
const NOBODY: Relations = { friends: [], incoming: [], outgoing: [], blocked: [] };

afterEach(() => localStorage.clear());

interface Known {
  conversations?: Conversation[];
  people?: Person[];
  relations?: Partial<Relations>;
  unread?: UnreadChannel[];
}

function serverWith({
  conversations = [],
  people = [BOB, CEM],
  relations = {},
  unread = [],
}: Known): FakeServer {
  const server = fakeServer({
    'GET /api/v1/me': () => ok<OwnAccount>(ADA),
    'GET /api/v1/setup': SET_UP,
    'GET /api/v1/communities': () => ({
      status: 200,
      body: ownCommunities.parse({ communities: [communityOf('kitchen', { name: 'Kitchen' })] }),
    }),
    'GET /api/v1/start': () =>
      ok<Start>({
        me: {
          ...personOf('ada'),
          ...{ direct_messages_from: 'members', pronouns: null, about: null, availability: 'available' },
        },
        ...{ communities: [], conversations, relations: { ...NOBODY, ...relations }, unread },
      }),
    'GET /api/v1/conversations': () => ({ status: 200, body: ownConversations.parse({ conversations }) }),
    'GET /api/v1/relations': () => ok<Relations>({ ...NOBODY, ...relations }),
    'GET /api/v1/me/unread': () => ({ status: 200, body: unreadChannels.parse({ channels: unread }) }),
    'GET /api/v1/people*': () => ({ status: 200, body: foundPeople.parse({ people }) }),
  });
  for (const { id } of conversations) server.routes[`GET /api/v1/channels/${id}/messages*`] = noMessages;
  return server;
}

const noMessages = () => ok<MessagePage>({ messages: [], older: false, newer: false });

test('conversations stand where something was written last, with what is new, and open', async () => {
  serverWith({
    conversations: [conversationOf('1', [BOB]), conversationOf('2', [BOB, CEM], { name: 'Lunch' })],
    unread: [{ channel_id: '1', last_read_id: null, unread: 3, mentions: 0 }],
  });
  const screen = await showWorkspace(WORKSPACE, {}, '/d');
  await expect.element(screen.getByRole('link', { name: 'Direct messages 3 new' })).toBeVisible();
  const links = screen.getByRole('navigation', { name: 'Direct messages' }).getByRole('link');
  await expect.element(links.nth(1)).toHaveTextContent('Lunch3 members');
  await expect.element(links.nth(2)).toHaveTextContent('Bob Baker33 new');
  applyPeopleEvent(screen.client, {
    type: 'message_created',
    payload: { message: messageOf('3', { channel_id: '1' }), nonce: 'n' },
  });
  await expect.element(links.nth(1)).toHaveTextContent('Bob Baker');
  await links.nth(1).click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Bob Baker' })).toBeVisible();
  await expect.element(screen.getByTestId('composer')).toBeVisible();
  expect(screen.address()).toBe('/d/1');
});

test('a name from right to left begins where others do, and one writes to them', async () => {
  const noa = personOf('noa', { display_name: 'נועה' });
  serverWith({ conversations: [conversationOf('1', [BOB]), conversationOf('2', [noa])] });
  const screen = await showWorkspace(WORKSPACE, {}, '/d/2');
  const links = screen.getByRole('navigation', { name: 'Direct messages' });
  await expect.element(links.getByText('נועה')).toBeVisible();
  const startOf = (name: string) => links.getByText(name).element().getBoundingClientRect().left;
  expect(startOf('נועה')).toBeCloseTo(startOf('Bob Baker'));
  await expect.element(screen.getByPlaceholder(/^Write to/u)).toBeVisible();
  // Oneself takes all of the column.
  const own = screen.getByTestId('user-panel').element();
  expect(own.getBoundingClientRect().width).toBeGreaterThan(
    (own.parentElement?.clientWidth ?? Infinity) - 20,
  );
});

test('a phone shows the conversations, then one of them, and goes back', async () => {
  serverWith({ conversations: [conversationOf('1', [BOB])] });
  const screen = await showWorkspace(WORKSPACE, PHONE, '/d');
  await screen.getByRole('link', { name: 'Bob Baker' }).click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Bob Baker' })).toHaveFocus();
  await screen.getByRole('link', { name: 'Back to the conversations' }).click();
  await screen.getByRole('link', { name: 'Friends' }).click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Friends' })).toHaveFocus();
});

test('a conversation with several is begun by keyboard', async () => {
  const server = serverWith({});
  const group = conversationOf('9', [BOB, CEM], { name: 'Lunch' });
  server.routes['POST /api/v1/conversations/group'] = () => ok<Conversation>(group);
  server.routes['GET /api/v1/channels/9/messages*'] = noMessages;
  const screen = await showWorkspace(WORKSPACE, {}, '/d');
  await screen.getByRole('button', { name: 'New conversation' }).click();
  const field = screen.getByRole('combobox', { name: 'Who' });
  await expect.element(screen.getByRole('option', { name: 'cem' })).toBeVisible();
  const keys = async (...names: string[]) => {
    for (const key of names)
      field.element().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    return expect.element(field).toBeVisible();
  };
  await keys('Enter');
  await expect.element(screen.getByRole('button', { name: 'Begin conversation' })).toBeVisible();
  await field.fill('c');
  await keys('ArrowDown');
  await keys('Enter');
  await expect.element(screen.getByRole('button', { name: 'Remove ⁨cem⁩' })).toBeVisible();
  await screen.getByRole('textbox', { name: /^Name of the group/u }).fill(' Lunch ');
  await screen.getByRole('button', { name: 'Begin group' }).click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Lunch' })).toBeVisible();
  expect(server.asked.find(({ route }) => route.startsWith('POST'))?.body).toEqual({
    user_ids: ['bob', 'cem'],
    name: 'Lunch',
  });
});

test('who may not be written to is said so, in words that tell of no block', async () => {
  const server = serverWith({});
  server.routes['POST /api/v1/conversations/direct'] = () => refused(403, { code: 'forbidden' });
  const screen = await showWorkspace(WORKSPACE, {}, '/d');
  await screen.getByRole('button', { name: 'New conversation' }).click();
  await screen.getByRole('option', { name: /^Bob/u }).click();
  await screen.getByRole('button', { name: 'Begin conversation' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/friends alone/u);
});

test('a group is renamed and left', async () => {
  const group = conversationOf('1', [BOB, CEM]);
  const server = serverWith({ conversations: [group] });
  server.routes['PATCH /api/v1/conversations/1'] = () => ok<Conversation>({ ...group, name: 'Lunch' });
  server.routes['POST /api/v1/conversations/1/leave'] = nothing;
  const screen = await showWorkspace(WORKSPACE, {}, '/d/1');
  await screen.getByRole('button', { name: 'More' }).last().click();
  await screen.getByRole('menuitem', { name: 'Rename' }).click();
  await screen.getByRole('textbox', { name: 'Name' }).fill('Lunch');
  await screen.getByRole('button', { name: 'Save' }).click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Lunch' })).toBeVisible();
  await screen.getByRole('button', { name: 'More' }).last().click();
  await screen.getByRole('menuitem', { name: 'Leave group' }).click();
  await screen.getByRole('button', { name: 'Leave group' }).click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Friends' })).toBeVisible();
  await expect.element(screen.getByRole('link', { name: 'Lunch' })).not.toBeInTheDocument();
});

test('with whom one has blocked one only reads, until one unblocks them', async () => {
  const server = serverWith({
    conversations: [conversationOf('1', [BOB], { permissions: ['view_channel', 'read_history'] })],
    relations: { blocked: [BOB] },
  });
  server.routes['DELETE /api/v1/blocks/bob'] = nothing;
  const screen = await showWorkspace(WORKSPACE, {}, '/d/1');
  await expect.element(screen.getByText('You have blocked')).toBeVisible();
  await expect.element(screen.getByTestId('composer')).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Unblock' }).click();
  applyPeopleEvent(screen.client, { type: 'relation_changed', payload: { person: BOB, relation: null } });
  await expect.element(screen.getByText('You have blocked')).not.toBeInTheDocument();
});

test('requests are accepted, taken back and made; what happens elsewhere is seen', async () => {
  const server = serverWith({ relations: { incoming: [BOB], outgoing: [CEM] } });
  server.routes['PUT /api/v1/friends/bob'] = () => ok<RelationTo>({ person: BOB, relation: 'friend' });
  server.routes['DELETE /api/v1/friends/cem'] = nothing;
  const screen = await showWorkspace(WORKSPACE, {}, '/d');
  await screen.getByRole('button', { name: /^Accept the request/u }).click();
  await expect.element(screen.getByRole('heading', { name: 'Friends · 1' })).toBeVisible();
  await screen.getByRole('button', { name: /^Withdraw/u }).click();
  await expect.element(screen.getByText('cem')).not.toBeInTheDocument();
  const field = screen.getByRole('textbox', { name: 'Add a friend' });
  server.routes['POST /api/v1/friend-requests'] = () => refused(404, { code: 'not_found' });
  await field.fill('dora');
  await screen.getByRole('button', { name: 'Send request' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent('There is nobody of this name.');
  server.routes['POST /api/v1/friend-requests'] = () =>
    ok<RelationTo>({ person: personOf('dora'), relation: 'outgoing' });
  await screen.getByRole('button', { name: 'Send request' }).click();
  await expect.element(screen.getByRole('heading', { name: 'You have asked · 1' })).toBeVisible();
  applyPeopleEvent(screen.client, {
    type: 'relation_changed',
    payload: { person: personOf('dora'), relation: 'friend' },
  });
  await expect.element(screen.getByRole('heading', { name: 'Friends · 2' })).toBeVisible();
});

const LONG = 'Wolfeschlegelsteinhausenbergerdorff-عبد-الرحمن-بن-محمد-الأندلسي';
const CROWD = Array.from({ length: 12 }, (_, at) =>
  personOf(`p${at}`, {
    display_name: at % 2 ? LONG : `مريم ${at}`,
    status: { text: LONG, emoji: '🌴', until: null },
  }),
);
const SOME_LOOKS = LOOKS.filter(({ width }) => width === 320 || width === 1280);

test.each(SOME_LOOKS)(
  'conversations and friends at $width×$height $theme $direction',
  PATIENCE,
  async (look) => {
    const [first, second] = CROWD;
    serverWith({
      conversations: [
        conversationOf('zz', CROWD.slice(0, 9)),
        ...CROWD.map((one) => conversationOf(one.id, [one])),
      ],
      people: CROWD,
      relations: {
        friends: CROWD.slice(4),
        incoming: [first!],
        outgoing: [second!],
        blocked: CROWD.slice(2, 4),
      },
      unread: [{ channel_id: 'p1', last_read_id: null, unread: 100, mentions: 3 }],
    });
    const expectSound = async () => {
      expect(overflowing()).toEqual([]);
      expect(await accessibilityFindings({ wholePage: true })).toEqual([]);
    };
    const screen = await showWorkspace(WORKSPACE, look, '/d');
    await expect
      .element(screen.getByRole('navigation', { name: 'Direct messages' }).getByRole('link').nth(5))
      .toBeVisible();
    await expectSound();
    await screen.getByRole('link', { name: 'Friends' }).click();
    await expect.element(screen.getByTestId('person').first()).toBeVisible();
    await expectSound();
    if (look.width <= 760) await screen.getByRole('link', { name: 'Back to the conversations' }).click();
    await screen.getByRole('navigation', { name: 'Direct messages' }).getByRole('link').nth(1).click();
    await expect.element(screen.getByTestId('conversation-members')).toBeVisible();
    await expectSound();
    if (look.width <= 760) {
      await screen.getByRole('button', { name: 'More', exact: true }).click();
      await screen.getByRole('menuitem', { name: 'Add people' }).click();
    } else {
      await screen.getByRole('button', { name: 'Add people' }).click();
    }
    await expect.element(screen.getByRole('combobox')).toBeVisible();
    await expectSound();
  },
);
