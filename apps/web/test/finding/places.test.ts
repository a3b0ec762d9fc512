import type { Person, Start } from '@parley/contract';
import { expect, test } from 'vitest';
import { neighbour, nextWanted } from '../../src/finding/neighbours.js';
import { placesIn, type Place } from '../../src/finding/places.js';
import { find, suggest, type Choice, type Habits } from '../../src/finding/rank.js';
import { loadRecent, placeKeyOf, rememberPlace } from '../../src/finding/recent-places.js';
import { MemoryStorage } from '../memory-storage.js';
import { channelOf, communityOf } from '../workspace-fixtures.js';

const person = (id: string, display_name: string | null = null): Person => ({
  ...{ id, user_name: id, display_name, avatar: null, status: null },
});
const [ada, bob, eve, kim] = [person('ada'), person('bob', 'Bob B.'), person('eve'), person('kim')];

const START: Start = {
  me: { ...ada, direct_messages_from: 'members', pronouns: null, about: null, availability: 'available' },
  communities: [
    communityOf('kitchen', {
      name: 'Kitchen',
      channels: [
        channelOf('general', { position: 0 }),
        channelOf('work', { kind: 'category', position: 1 }),
        channelOf('soups', { category_id: 'work', position: 3 }),
        channelOf('old', { archived: true, position: 4 }),
        channelOf('radio', { kind: 'voice', position: 5 }),
      ],
    }),
  ],
  conversations: [
    { id: 'talk', kind: 'direct', name: '', members: [ada, bob], last_id: '1', permissions: [] },
    { id: 'group', kind: 'group', name: '', members: [ada, bob, eve], last_id: '1', permissions: [] },
  ],
  relations: { friends: [bob, kim], incoming: [], outgoing: [], blocked: [] },
  unread: [],
};

const PLACES = placesIn(START);
const NOTHING: Habits = { news: new Map(), recent: [], here: undefined };
const keys = (groups: ReturnType<typeof suggest>) =>
  groups.map(({ name, found }) => [name, ...found.map(({ choice }) => choice.key)]);

test('one can go to conversations, channels, people and communities; nobody stands there twice', () => {
  expect(PLACES.map(({ key, name, path }) => [key, name, path])).toEqual([
    ['channel:talk', 'Bob B.', '/d/talk'],
    ['channel:group', 'Bob B., eve', '/d/group'],
    ['channel:general', 'general', '/c/kitchen/general'],
    ['channel:radio', 'radio', '/c/kitchen/radio'],
    ['channel:soups', 'soups', '/c/kitchen/soups'],
    ['person:kim', 'kim', undefined],
    ['person:eve', 'eve', undefined],
    ['community:kitchen', 'Kitchen', '/c/kitchen'],
  ]);
});

test('before anything is typed there is what is new, where one was, and what can be done', () => {
  const habits: Habits = {
    news: new Map([
      ['soups', { isNew: true, badge: 0, isMuted: false }],
      ['talk', { isNew: true, badge: 2, isMuted: false }],
      ['general', { isNew: true, badge: 0, isMuted: false }],
    ]),
    recent: ['channel:general', 'channel:talk', 'channel:radio', 'channel:gone'],
    here: 'channel:general',
  };
  const deed: Choice = { key: 'deed:x', kind: 'deed', name: 'x', detail: '', run: () => undefined };
  expect(keys(suggest([...PLACES, deed], habits))).toEqual([
    ['unread', 'channel:talk', 'channel:soups'],
    ['recent', 'channel:radio'],
    ['deeds', 'deed:x'],
  ]);
});

test('what fits is grouped, and what is new or was open lately comes before what fits as well', () => {
  const other = (id: string): Place => ({
    ...{ key: `channel:${id}`, kind: 'channel', name: id, detail: 'Kitchen', id, path: `/c/kitchen/${id}` },
  });
  const places = [other('soup-a'), other('soup-b'), other('soup-c')];
  const habits: Habits = {
    news: new Map([['soup-c', { isNew: true, badge: 1, isMuted: false }]]),
    recent: ['channel:soup-b'],
    here: 'channel:soup-a',
  };
  expect(keys(find('soup', places, habits))).toEqual([
    ['channels', 'channel:soup-c', 'channel:soup-b', 'channel:soup-a'],
  ]);
  expect(keys(find('@bob', PLACES, NOTHING))).toEqual([['people', 'channel:talk', 'channel:group']]);
  expect(keys(find('#b', PLACES, NOTHING))).toEqual([]);
  // Where it is finds it too.
  expect(keys(find('soups kitchen', PLACES, NOTHING))).toEqual([['channels', 'channel:soups']]);
});

test('one goes round the list, and to the next that is wanted', () => {
  const isWanted = ({ id }: Place) => ['talk', 'soups'].includes(id);
  expect(neighbour(PLACES, 'community:kitchen', 1)?.key).toBe('channel:talk');
  expect(neighbour(PLACES, 'channel:talk', -1)?.key).toBe('community:kitchen');
  expect(neighbour([], undefined, 1)).toBeUndefined();
  expect(nextWanted(PLACES, 'channel:soups', { step: 1, isWanted })?.key).toBe('channel:talk');
  expect(nextWanted(PLACES, 'channel:soups', { step: -1, isWanted })?.key).toBe('channel:talk');
  expect(nextWanted(PLACES, undefined, { step: -1, isWanted })?.key).toBe('channel:soups');
  const isSoup = ({ id }: Place) => id === 'soups';
  expect(nextWanted(PLACES, 'channel:soups', { step: 1, isWanted: isSoup })).toBeUndefined();
});

test('where one was is remembered, the last first, for each person', () => {
  const storage = new MemoryStorage();
  for (const key of ['a', 'b', 'a']) rememberPlace(storage, 'ada', key);
  expect(loadRecent(storage, 'ada')).toEqual(['a', 'b']);
  expect(loadRecent(storage, 'bob')).toEqual([]);
  storage.setItem('parley.recent.bob', '{"not":"a list"}');
  expect(loadRecent(storage, 'bob')).toEqual([]);
  expect(placeKeyOf('/c/kitchen/general')).toBe('channel:general');
  expect(placeKeyOf('/d/talk')).toBe('channel:talk');
  expect(placeKeyOf('/c/kitchen')).toBeUndefined();
});
