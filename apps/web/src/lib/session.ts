import { isRecord, parseRecord } from './json.js';

/** The call this tab is in or was last in. It survives a reload and ends with the tab. */
export interface Session {
  room: string;
  /** What people call it. */
  title: string;
  /** Absent for a room of guests. */
  channel?: { id: string; communityId: string | null };
  name: string;
  /** The guest token; sent with the next request so that the identity stays the same. */
  token: string;
  /** False once the person has left: a reload then shows the lobby instead of joining again. */
  joined: boolean;
}

const KEY = 'parley.session';

export function loadSession(storage: Pick<Storage, 'getItem'>): Session | undefined {
  let stored;
  try {
    stored = parseRecord(storage.getItem(KEY));
  } catch {
    return undefined;
  }
  if (stored === undefined) return undefined;
  const { room, title, channel, name, token, joined } = stored;
  if (typeof room !== 'string' || typeof name !== 'string' || typeof token !== 'string') return undefined;
  return {
    ...{ room, title: typeof title === 'string' ? title : room, name, token, joined: joined === true },
    ...(isChannel(channel) && { channel }),
  };
}

function isChannel(value: unknown): value is { id: string; communityId: string | null } {
  if (!isRecord(value) || typeof value.id !== 'string') return false;
  return typeof value.communityId === 'string' || value.communityId === null;
}

export function saveSession(storage: Pick<Storage, 'setItem'>, session: Session): void {
  try {
    storage.setItem(KEY, JSON.stringify(session));
  } catch {
    // Without storage a reload joins under a new identity; nothing else is lost.
  }
}
