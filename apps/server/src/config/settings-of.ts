import { z } from 'zod';
import { markOf } from '@parley/core/config';

/** One setting: where it stands in the file, its environment variable, and how its text there is read. */
export interface Setting {
  /** Names joined by dots. */
  path: string;
  environment: string;
  kind: 'text' | 'number' | 'list' | 'pairs' | 'json';
  /** Whether what is given for it must not be repeated: it is a secret, or holds one. */
  confidential: boolean;
  /** Without what says that it may be left out. */
  schema: z.core.$ZodType;
}

/** The name of the variable that names the file. */
export const FILE_VARIABLE = 'PARLEY_CONFIG';

/** All settings below a section, of any depth, in its order. Throws when two would have one variable. */
export function settingsOf(root: z.ZodObject): Setting[] {
  const settings = below(root, []);
  const variables = new Set([FILE_VARIABLE]);
  for (const { path, environment } of settings) {
    if (variables.has(environment))
      throw new Error(`${path} needs a variable of its own, not ${environment}`);
    variables.add(environment);
  }
  return settings;
}

/** The schema without what only says what happens when the value is left out. */
export function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  const wrapped =
    schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return wrapped ? innermost(schema.unwrap()) : schema;
}

/** What a section holds, by name. */
export function fieldsOf(section: z.ZodObject): ReadonlyMap<string, z.core.$ZodType> {
  return new Map(Object.entries<z.core.$ZodType>(section.shape));
}

function below(section: z.ZodObject, above: readonly string[]): Setting[] {
  return [...fieldsOf(section)].flatMap(([name, value]) => {
    const path = [...above, name];
    const schema = innermost(value);
    return schema instanceof z.ZodObject ? below(schema, path) : [settingOf(path, schema)];
  });
}

function settingOf(path: readonly string[], schema: z.core.$ZodType): Setting {
  return {
    path: path.join('.'),
    environment: markOf(schema).environment ?? `PARLEY_${path.join('_').toUpperCase()}`,
    kind: kindOf(schema),
    confidential: holdsSecret(schema),
    schema,
  };
}

function kindOf(schema: z.core.$ZodType): Setting['kind'] {
  if (schema instanceof z.ZodArray) return schema.element instanceof z.ZodString ? 'list' : 'json';
  if (schema instanceof z.ZodRecord) return schema.valueType instanceof z.ZodString ? 'pairs' : 'json';
  return schema instanceof z.ZodNumber ? 'number' : 'text';
}

function holdsSecret(given: z.core.$ZodType): boolean {
  const schema = innermost(given);
  if (markOf(schema).show !== undefined) return true;
  if (schema instanceof z.ZodObject) return [...fieldsOf(schema).values()].some(holdsSecret);
  if (schema instanceof z.ZodArray) return holdsSecret(schema.element);
  return schema instanceof z.ZodRecord && holdsSecret(schema.valueType);
}
