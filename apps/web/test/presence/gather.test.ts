import { expect, test } from 'vitest';
import { gather } from '../../src/presence/gather.js';

/** What is asked of a server that answers each id with its length, and when it is. */
function asking() {
  const asked: string[][] = [];
  const waiting: (() => void)[] = [];
  const ask = gather(
    (ids) => {
      asked.push(ids);
      return Promise.resolve(new Map(ids.map((id) => [id, id.length])));
    },
    (work) => void waiting.push(work),
  );
  const now = () => {
    for (const work of waiting.splice(0)) work();
  };
  return { ask, asked, now };
}

test('what is wanted at about the same time is asked for once', async () => {
  const { ask, asked, now } = asking();
  const answers = Promise.all([ask('a'), ask('bb'), ask('a')]);
  now();
  expect(await answers).toEqual([1, 2, 1]);
  expect(asked).toEqual([['a', 'bb']]);
});

test('what is wanted later is asked for anew', async () => {
  const { ask, asked, now } = asking();
  const first = ask('a');
  now();
  const second = ask('a');
  now();
  expect(await Promise.all([first, second])).toEqual([1, 1]);
  expect(asked).toEqual([['a'], ['a']]);
});

test('of many the server is asked a hundred at a time', async () => {
  const { ask, asked, now } = asking();
  const answers = Promise.all(Array.from({ length: 250 }, (_, at) => ask(`id ${at}`)));
  now();
  expect((await answers).every((answer) => answer !== undefined)).toBe(true);
  expect(asked.map((ids) => ids.length)).toEqual([100, 100, 50]);
});
