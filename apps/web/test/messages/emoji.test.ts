import { expect, it } from 'vitest';
import { inTone, loadChoice, saveChoice, withRecent } from '../../src/messages/emoji-choice.js';
import { searchEmoji } from '../../src/messages/emoji-search.js';
import { MemoryStorage } from '../memory-storage.js';

const emoji = (unicode: string, label: string, tags: string[] = []) => ({
  ...{ unicode, label, tags, group: 0, order: 1, skins: [] },
});
const ALL = [
  emoji('🍲', 'pot of food', ['stew']),
  emoji('🥣', 'bowl with spoon'),
  emoji('🍜', 'steaming bowl', ['soup', 'ramen']),
];

it('finds emoji by their names, the best first', () => {
  const found = (query: string) => searchEmoji(ALL, query, 5).map(({ unicode }) => unicode);
  expect(found('bowl')).toEqual(['🥣', '🍜']);
  expect(found('SOU')).toEqual(['🍜']);
  expect(found('steaming_bowl')).toEqual(['🍜']);
  expect(found('nothing')).toEqual([]);
  expect(found(' ')).toEqual([]);
});

it('remembers what was used last, and the tone of skin', () => {
  const storage = new MemoryStorage();
  saveChoice(storage, withRecent(withRecent({ recent: ['🍲', '🥣'], tone: 3 }, '🍜'), '🥣'));
  expect(loadChoice(storage)).toEqual({ recent: ['🥣', '🍜', '🍲'], tone: 3 });
  storage.setItem('parley.emoji', '{"recent":[1],"tone":99}');
  expect(loadChoice(storage)).toEqual({ recent: [], tone: 0 });
  storage.setItem('parley.emoji', '{');
  expect(loadChoice(storage)).toEqual({ recent: [], tone: 0 });
});

it('shows an emoji in the tone of skin that it has', () => {
  expect(inTone({ unicode: '✋', skins: [{ unicode: '✋🏻' }] }, 1)).toBe('✋🏻');
  expect(inTone({ unicode: '🍜', skins: [] }, 5)).toBe('🍜');
});
