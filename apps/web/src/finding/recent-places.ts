const KEPT = 12;

/** The key of the place that a path leads to, if it is one that is remembered. */
export function placeKeyOf(pathname: string): string | undefined {
  const channel = /^\/(?:c\/[^/]+|d)\/([^/]+)\/*$/u.exec(pathname)?.[1];
  return channel === undefined ? undefined : `channel:${channel}`;
}

/** Where somebody was, the last first; kept in this browser. */
export function loadRecent(storage: Pick<Storage, 'getItem'>, userId: string): string[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(keyOf(userId)) ?? '[]');
    return Array.isArray(stored) ? stored.filter((key) => typeof key === 'string').slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function rememberPlace(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  userId: string,
  key: string,
): void {
  const others = loadRecent(storage, userId).filter((other) => other !== key);
  try {
    storage.setItem(keyOf(userId), JSON.stringify([key, ...others].slice(0, KEPT)));
  } catch {
    // Storage can be full or forbidden: then nothing is remembered.
  }
}

function keyOf(userId: string): string {
  return `parley.recent.${userId}`;
}
