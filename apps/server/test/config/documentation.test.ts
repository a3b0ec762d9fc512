import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rtcdAliases } from '../../src/config/rtcd-aliases.js';
import { configKeys, configSchema } from '../../src/config/schema.js';

const text = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
const rows = text
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .filter((cells) => /^[a-z_.]+$/.test(cells[1] ?? '') && cells[2]?.startsWith('PARLEY_') === true);

test('the table names every key with its variable, in the order of the schema', () => {
  expect(rows.map((cells) => [cells[1], cells[2]])).toEqual(
    configKeys.map((key) => [key.path, key.environment]),
  );
});

test('the table gives the defaults that are numbers', () => {
  const defaults = configSchema.parse({});
  const { http, media, shutdown, limits } = defaults;
  const numbers = Object.entries({
    'http.port': http.port,
    'media.port': media.port,
    'shutdown.grace_seconds': shutdown.grace_seconds,
  }).concat(Object.entries(limits).map(([name, value]) => [`limits.${name}`, value]));
  for (const [path, value] of numbers) {
    expect(rows.find((cells) => cells[1] === path)?.[3]).toBe(String(value));
  }
});

test('the examples are valid configurations', () => {
  const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, example = '']) => example);
  expect(examples.length).toBeGreaterThan(1);
  for (const example of examples) expect(configSchema.safeParse(parse(example)).error).toBeUndefined();
});

test('the table of rtcd names the variables that each is taken for', () => {
  const table = text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter((cells) => /^RTCD_\w+$/.test(cells[1] ?? ''));
  expect(table.length).toBeGreaterThan(10);
  for (const [, name = '', taken = ''] of table) {
    const { values } = rtcdAliases({ [name]: '["stun:a"]' });
    expect([...values.keys()].join(', ')).toBe(taken === '–' ? '' : taken);
  }
});
