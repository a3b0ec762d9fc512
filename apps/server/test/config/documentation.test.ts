import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { rtcdAliases } from '../../src/config/rtcd-aliases.js';
import { configSchema, configSettings } from '../../src/config/schema.js';
import type { Setting } from '../../src/config/settings-of.js';
import { valueAt } from '../../src/config/tree.js';

const text = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
const rows = text
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^`[a-z_.]+`$/.test(cells[1] ?? '') && /^`[A-Z0-9_]+`$/.test(cells[2] ?? ''));
/** What is left out, and stands for what is said there. */
const LEFT_OUT: Readonly<Record<string, string>> = { 'metrics.host': '`localhost`' };
/** Their defaults are the machine's. */
const BY_MACHINE = ['media.threads'];

function valuesOf({ schema, kind }: Setting): string {
  if (schema instanceof z.ZodNumber) return `${schema.minValue} to ${schema.maxValue}`;
  if (schema instanceof z.ZodEnum) return schema.options.map((option) => `\`${option}\``).join(', ');
  return kind === 'json' ? 'JSON' : kind;
}

test('the table names every setting with its variable and what it may be, in the order of the schema', () => {
  expect(rows.map((cells) => cells.slice(1, 4))).toEqual(
    configSettings.map((setting) => [`\`${setting.path}\``, `\`${setting.environment}\``, valuesOf(setting)]),
  );
});

test.each(configSettings.map(({ path }) => path))('the table gives the default of %s', (path) => {
  const cell = rows.find((cells) => cells[1] === `\`${path}\``)?.[4] ?? '';
  const value = valueAt(configSchema.parse({}), path.split('.'));
  const isOne = (typeof value === 'number' || typeof value === 'string') && !BY_MACHINE.includes(path);
  // What is empty, or left out, is said in words, which may name another setting.
  if (isOne) expect(cell).toBe(`\`${value}\``);
  else if (path in LEFT_OUT) expect(cell).toBe(LEFT_OUT[path]);
  else expect(cell).toMatch(/^[a-z]|^`[a-z]+\.[a-z]+`$/);
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
