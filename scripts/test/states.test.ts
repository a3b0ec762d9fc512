import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const TEXT = readFileSync('docs/states.md', 'utf8');

/** Names of the types that a heading gives, and the states that the drawing below it has. */
const DRAWN = [...TEXT.matchAll(/^## .*\((.*)\)\n+```mermaid\n([^]*?)```/gm)].map(
  ([, given = '', drawing = '']) => ({
    types: [...given.matchAll(/`(\w+State)`/g)].map(([, name = '']) => name),
    states: new Set(
      [...drawing.matchAll(/^ {2}(\w+) (?=-->)|--> (\w+)/gm)].map(([, from, to]) => from ?? to ?? ''),
    ),
  }),
);

const SOURCES = ['sfu', 'transport'].flatMap((name) => {
  const folder = join('packages', name, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
});

function statesOf(type: string): string[] {
  const found = SOURCES.map((source) => new RegExp(`^export type ${type} =([^;]*);`, 'm').exec(source)?.[1]);
  return [...(found.find((one) => one !== undefined) ?? '').matchAll(/'([\w-]+)'/g)].map(
    ([, state = '']) => state,
  );
}

test.each(DRAWN.flatMap(({ types, states }) => types.map((type) => [type, states] as const)))(
  'the drawing of %s has the states that it has',
  (type, states) => {
    expect([...states].sort()).toEqual(statesOf(type).sort());
  },
);

test('there are drawings to compare', () => {
  expect(DRAWN.flatMap(({ types }) => types).length).toBeGreaterThan(5);
});
