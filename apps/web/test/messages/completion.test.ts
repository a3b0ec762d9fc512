import { expect, it } from 'vitest';
import { completed, openWordAt } from '../../src/messages/completion.js';

it('finds the word that is being written', () => {
  expect(openWordAt('Hi @bo', 6)).toEqual({ sign: '@', query: 'bo', start: 3 });
  expect(openWordAt('@', 1)).toEqual({ sign: '@', query: '', start: 0 });
  expect(openWordAt('(#gen more', 5)).toEqual({ sign: '#', query: 'gen', start: 1 });
  expect(openWordAt('@жан', 4)).toEqual({ sign: '@', query: 'жан', start: 0 });
});

it('finds none in an address, after a space, and in a face that is typed', () => {
  for (const text of ['ann@example', 'Hi @bob ', 'http:', ':D', ':)', 'a:b']) {
    expect(openWordAt(text, text.length)).toBeUndefined();
  }
  expect(openWordAt(':so', 3)).toMatchObject({ sign: ':', query: 'so' });
});

it('completes the word and goes on behind it', () => {
  const word = { sign: '@', query: 'bo', start: 3 } as const;
  expect(completed('Hi @bo', word, '@bob')).toEqual({ text: 'Hi @bob ', caret: 8 });
  expect(completed('Hi @bo and all', word, '@bob')).toEqual({ text: 'Hi @bob and all', caret: 8 });
});
