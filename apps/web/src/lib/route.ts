/** The page's addresses: `/r/<room>` is a room, `/c/<community>/<channel>` a channel. */

const ROOM_PREFIX = '/r/';

/** The room a path names, or undefined for any other path (also when its escapes are broken). */
export function roomFromPath(pathname: string): string | undefined {
  if (!pathname.startsWith(ROOM_PREFIX)) return undefined;
  const segment = pathname.slice(ROOM_PREFIX.length).replace(/\/+$/, '');
  if (segment === '' || segment.includes('/')) return undefined;
  try {
    const room = decodeURIComponent(segment).trim();
    return room === '' ? undefined : room;
  } catch {
    return undefined;
  }
}

export function roomPath(room: string): string {
  return ROOM_PREFIX + encodeURIComponent(room);
}

export function channelPath({ communityId, id }: { communityId: string; id: string }): string {
  return `/c/${communityId}/${id}`;
}

/** A conversation outside of communities. */
export function conversationPath(id: string): string {
  return `/d/${id}`;
}
