import { expect, it } from 'vitest';
import { channelSearch } from '../../src/lib/channel-search.js';

it('keeps what an address may say of a channel', () => {
  const search = { panel: 'search', thread: '0193-a', message: '0193-b', q: 'soup' };
  expect(channelSearch(search)).toEqual(search);
});

it('leaves out what makes no sense, whoever made the address', () => {
  expect(channelSearch({ panel: 'a b', thread: '', message: ['a'], q: 1, else: 'x' })).toEqual({});
  expect(channelSearch({ q: 'a'.repeat(10_000) }).q).toHaveLength(500);
});
