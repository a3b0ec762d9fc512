const NUL = '\0';
/** In a regular expression that reads whole characters, one that is half of a pair without the other. */
const HALF = /\p{Surrogate}/u;

/**
 * Where in something that came as JSON stands a string that PostgreSQL cannot keep, as the path of its field; undefined if
 * nowhere. It may be nested as deep as a body allows.
 */
export function brokenString(given: unknown): string | undefined {
  const left: { value: unknown; path: string }[] = [{ value: given, path: '' }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') {
      if (value.includes(NUL) || HALF.test(value)) return path;
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value))
        left.push({ value: inner, path: path === '' ? key : `${path}.${key}` });
    }
  }
  return undefined;
}
