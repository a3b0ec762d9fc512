import { stringify } from 'yaml';
import { z } from 'zod';
import { nearestName } from './nearest-name.js';
import { fieldsOf, innermost } from './settings-of.js';
import type { Setting } from './settings-of.js';
import { valueAt } from './tree.js';
import type { Tree } from './tree.js';

export interface MistakesOptions {
  root: z.ZodObject;
  settings: readonly Setting[];
  /** What was given. */
  tree: Tree;
  /** Which variable each path came from; the others are from the file. */
  sources: ReadonlyMap<string, string>;
}

/** A sentence about each mistake: its name, where it was given, what was given unless it may be a secret, what to write. */
export function mistakes(error: z.ZodError, options: MistakesOptions): string[] {
  const sentences = error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, options));
    const expected =
      issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return [wrongValue(path, expected, options)];
  });
  return [...new Set(sentences)];
}

function wrongValue(path: readonly string[], expected: string, options: MistakesOptions): string {
  const { settings, tree, sources } = options;
  const full = path.join('.');
  const setting = settings.find((candidate) => `${full}.`.startsWith(`${candidate.path}.`));
  const name = setting?.path ?? full;
  const source = sources.get(name) ?? 'in the file';
  const inside = settings.some(({ path, confidential }) => confidential && `${path}.`.startsWith(`${full}.`));
  if (setting?.confidential === true || inside) return `${full} (${source}): write ${expected}`;
  return `${name} (${source}) is ${asWritten(valueAt(tree, path))}: write ${expected}`;
}

/** On one line, as YAML has it: JSON knows no .inf, and no list that holds itself. */
function asWritten(value: unknown): string {
  if (value === undefined) return 'missing';
  return stringify(value, {
    collectionStyle: 'flow',
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
  }).trimEnd();
}

function unknownKey(section: readonly string[], key: string, { root, settings }: MistakesOptions): string {
  const paths = settings.map((setting) => setting.path);
  const name = [...section, key].join('.');
  const isValue = settings.some(({ path }) => `${section.join('.')}.`.startsWith(`${path}.`));
  if (isValue) return `${name} is not a known key${suggestion(key, namesAt(root, section))}`;
  const elsewhere = paths.find((path) => path.endsWith(`.${key}`));
  if (elsewhere !== undefined) return `${name} is not a known key; did you mean ${elsewhere}?`;
  return `${name} is not a known key${suggestion(name, section.length === 0 ? namesAt(root, []) : paths)}`;
}

/** The names that an object at this place may have. */
function namesAt(given: z.core.$ZodType, [first, ...rest]: readonly string[]): string[] {
  const schema = innermost(given);
  if (schema instanceof z.ZodArray && first !== undefined) return namesAt(schema.element, rest);
  if (schema instanceof z.ZodRecord && first !== undefined) return namesAt(schema.valueType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (first === undefined) return [...fieldsOf(schema).keys()];
  const next = fieldsOf(schema).get(first);
  return next === undefined ? [] : namesAt(next, rest);
}

function suggestion(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
