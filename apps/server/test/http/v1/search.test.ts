import { searchPage } from '@parley/contract';
import { expect, test } from 'vitest';
import { startChat } from './chat.js';
import type { Talker } from './chat.js';
import { problemOf } from './client.js';

async function started() {
  const chat = await startChat();
  const ask = (by: Talker, q: string, more: Record<string, string> = {}) => {
    chat.clock.now += 1000;
    return by.client.get(`search?${new URLSearchParams({ q, ...more }).toString()}`);
  };
  const search = async (by: Talker, q: string, more: Record<string, string> = {}) => {
    const answer = await ask(by, q, more);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return searchPage.parse(answer.body);
  };
  const found = async (by: Talker, q: string, more: Record<string, string> = {}) =>
    (await search(by, q, more)).hits.map(({ message }) => message.text);
  return { ...chat, ask, search, found };
}

test('words are found in any case and without accents, the last as it is typed, and marked', async () => {
  const { ann, bob, say, found, search } = await started();
  await say(ann, 'Die Köche kochen Kürbissuppe');
  await say(ann, 'Nothing of this');
  for (const q of ['köche', 'KOCHE', 'suppe kürb', 'kürbissuppe köche', '"köche kochen"', 'koc']) {
    expect(await found(bob, q), q).toEqual(q.startsWith('suppe') ? [] : ['Die Köche kochen Kürbissuppe']);
  }
  for (const q of ['koc kürbissuppe', '"kochen köche"', 'kö', 'kürbissuppe missing']) {
    expect(await found(bob, q), q).toEqual([]);
  }
  expect((await search(bob, 'kochen kürb')).hits[0]?.ranges).toEqual([
    [10, 16],
    [17, 28],
  ]);
});

test('scripts without spaces are found inside of a sentence', async () => {
  const { ann, say, found, search } = await started();
  await say(ann, '明日は東京で会いましょう');
  await say(ann, '京東');
  expect(await found(ann, '東京')).toEqual(['明日は東京で会いましょう']);
  expect((await search(ann, '東京')).hits[0]?.ranges).toEqual([
    [3, 4],
    [4, 5],
  ]);
});

test('one finds what one may read: channels, threads, conversations, nothing else', async () => {
  const { ann, bob, eve, say, found, addChannel, overwrite, converse, general } = await started();
  const hidden = await addChannel('hidden');
  await overwrite(hidden, bob, ['view_channel']);
  const silent = await addChannel('silent');
  await overwrite(silent, bob, ['read_history']);
  const root = await say(ann, 'soup one');
  await say(ann, 'soup two', { thread_id: root.id });
  await say(ann, 'soup three', {}, hidden);
  await say(ann, 'soup four', {}, silent);
  await say(ann, 'soup five', {}, await converse(ann, eve));
  const gone = await say(ann, 'soup six');
  await ann.client.delete(`channels/${general}/messages/${gone.id}`);
  expect((await found(ann, 'soup')).sort()).toEqual([
    'soup five',
    'soup four',
    'soup one',
    'soup three',
    'soup two',
  ]);
  expect((await found(bob, 'soup')).sort()).toEqual(['soup one', 'soup two']);
  expect(await found(eve, 'soup')).toEqual(['soup five']);
});

test('who, where, what and when narrow it down', async () => {
  const { ann, bob, say, found, addChannel, clock, communityId, converse } = await started();
  const other = await addChannel('Other');
  await say(ann, 'soup https://soup.example');
  await say(bob, 'soup by bob', {}, other);
  clock.now += 3 * 86_400_000;
  await say(ann, 'soup later');
  const cases: Record<string, string[]> = {
    'soup from:@Bob': ['soup by bob'],
    [`soup from:<@${bob.id}>`]: ['soup by bob'],
    'from:bob': ['soup by bob'],
    'soup from:nobody': [],
    'soup in:#other': ['soup by bob'],
    [`soup in:<#${other}>`]: ['soup by bob'],
    'has:link': ['soup https://soup.example'],
    'soup after:2026-01-02': ['soup later'],
    'by before:2026-01-02': ['soup by bob'],
    'soup from:bob in:general': [],
  };
  for (const [q, texts] of Object.entries(cases)) expect(await found(ann, q), q).toEqual(texts);
  expect(await found(ann, 'by from:me')).toEqual([]);
  await say(ann, 'soup in private', {}, await converse(ann, bob));
  expect(await found(ann, 'private', { community_id: communityId })).toEqual([]);
  expect(await found(ann, 'private')).toEqual(['soup in private']);
});

test('what fits best comes first, or the newest, page by page, and once each', async () => {
  const { ann, say, search, found } = await started();
  await say(ann, 'soup soup soup');
  for (let number = 1; number <= 4; number += 1) await say(ann, `soup with very many other words ${number}`);
  expect((await found(ann, 'soup'))[0]).toBe('soup soup soup');
  expect((await found(ann, 'soup', { sort: 'newest' }))[4]).toBe('soup soup soup');
  for (const sort of ['relevance', 'newest']) {
    const pages: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await search(ann, 'soup', { sort, limit: '2', ...(cursor !== '' && { cursor }) });
      pages.push(...page.hits.map(({ message }) => message.text));
      if (cursor === '') await say(ann, 'soup meanwhile');
      cursor = page.next;
    }
    expect(new Set(pages).size, sort).toBe(pages.length);
    expect(
      pages.filter((text) => text !== 'soup meanwhile'),
      sort,
    ).toHaveLength(5);
  }
});

test('what cannot be understood is told so, and what is typed is never code', async () => {
  const { ann, say, ask, found, failed } = await started();
  await say(ann, "it's & | ! <-> :* \\ (soup)");
  for (const q of [
    "'soup'",
    'soup & !',
    "it's",
    'soup:*',
    '\\soup',
    '(soup',
    "'); drop table messages; --",
  ]) {
    expect((await ask(ann, q)).status, q).toBe(200);
  }
  expect(await found(ann, "it's (soup)")).toHaveLength(1);
  const wrong = { '': 'q', '!!!': 'q', 'has:cheese': 'q', 'before:tomorrow': 'q', ['x'.repeat(201)]: 'q' };
  for (const [q, field] of Object.entries(wrong)) {
    const answer = await ask(ann, q);
    expect([400, 422], q).toContain(answer.status);
    expect(problemOf(answer).field, q).toBe(field);
  }
  expect(problemOf(await ask(ann, 'soup', { cursor: 'x' }))).toMatchObject({ status: 422, field: 'cursor' });
  expect(failed).toEqual([]);
});
