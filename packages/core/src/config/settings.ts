import { z } from 'zod';

// The error text of each schema is what to write instead: the loader makes the sentence around it.

/** What `parley config` shows in place of a secret. */
export const MASK = '********';

/** What is known of a setting beside its schema. */
interface SettingMark {
  /** The value as it may be shown; absent for what is no secret. */
  show?: (value: string) => string;
  /** Its environment variable, where that does not follow from its path. */
  environment?: string;
}

const marks = z.registry<SettingMark>();

/** Settings that stand below one name; each has a default of its own, or may be left out. */
export function section<const Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, { error: 'keys and values, indented below it' });
}

/** Marks what must never be shown, neither by `parley config` nor in a sentence about a mistake. */
export function secret<Schema extends z.ZodType>(
  schema: Schema,
  show: (value: string) => string = () => MASK,
) {
  mark(schema, { show });
  return schema;
}

/** Gives a setting another variable than the one that follows from its path. */
export function fromVariable<Schema extends z.ZodType>(environment: string, schema: Schema) {
  mark(schema, { environment });
  return schema;
}

export function text(error: string) {
  return z.string({ error }).min(1, { error });
}

export function integer(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

export function choice<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}

export function list(accepts: (item: string) => boolean, error: string) {
  return z.array(z.string({ error }).refine(accepts, { error }), { error });
}

/**
 * URLs that may carry a secret in path or query: scheme and host alone are shown. None has a user and a password, which Node's
 * `fetch` refuses.
 */
export function secretUrls(error: string) {
  const url = z.string({ error }).refine((item) => isHttpUrl(item) && !hasUser(item), { error });
  return z.array(
    secret(url, (value) => `${new URL(value).origin}/${MASK}`),
    { error },
  );
}

export function isHttpUrl(item: string): boolean {
  return URL.canParse(item) && ['http:', 'https:'].includes(new URL(item).protocol);
}

function hasUser(url: string): boolean {
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}

/** What a schema was marked with; what wraps it, such as its default, has none of that. */
export function markOf(schema: z.core.$ZodType): SettingMark {
  return marks.get(schema) ?? {};
}

function mark(schema: z.ZodType, given: SettingMark): void {
  marks.add(schema, { ...marks.get(schema), ...given });
}
