import { z } from 'zod';
import { markOf, MASK } from '@parley/core/config';
import { fieldsOf, innermost } from './settings-of.js';
import { isTree } from './tree.js';

/** A value of the schema without what is marked as secret in it, fit to be shown. */
export function masked(given: z.core.$ZodType, value: unknown): unknown {
  const schema = innermost(given);
  const { show } = markOf(schema);
  if (value === undefined) return value;
  if (show !== undefined) return typeof value === 'string' ? show(value) : MASK;
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => masked(schema.element, item));
  }
  if (!isTree(value)) return value;
  const inside = (name: string): z.core.$ZodType | undefined => {
    if (schema instanceof z.ZodObject) return fieldsOf(schema).get(name);
    return schema instanceof z.ZodRecord ? schema.valueType : undefined;
  };
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const of = inside(name);
      return [name, of === undefined ? item : masked(of, item)];
    }),
  );
}
