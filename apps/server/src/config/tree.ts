/** What a file holds, before it is checked. */
export type Tree = Record<string, unknown>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Puts a value where the path leads, making the sections on the way. One of another type stays, for the schema to complain. */
export function setPath(tree: Tree, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    tree[first] = value;
    return;
  }
  tree[first] ??= {};
  const section = tree[first];
  if (isTree(section)) setPath(section, rest.join('.'), value);
}

export function valueAt(tree: Tree, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (Array.isArray(value)) return value[Number(name)] as unknown;
    return isTree(value) ? value[name] : undefined;
  }, tree);
}
