import type { Kysely } from 'kysely';
import { loadActor, loadCommunities } from '../communities/access-queries.js';
import type { Action } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { loadChannels } from './channel-queries.js';
import { visibleChannels } from './visible-channels.js';

export interface SeenBy {
  userId: string;
  /** Milliseconds since 1970. */
  now: number;
  /** What they have to be allowed in each of them. */
  action: 'view_channel' | 'read_history';
}

/**
 * Channels of communities in which somebody is, and conversations, in which one may always do both. A constant number of
 * queries.
 */
export async function seenChannelIds(
  db: Kysely<WorkspaceTables>,
  { userId, now, action }: SeenBy,
): Promise<string[]> {
  const subject = await loadActor(db, userId);
  const communityIds = [...subject.memberships.keys()];
  const communities = await loadCommunities(db, communityIds);
  const channels = await loadChannels(db, communityIds);
  const seen = [...communities.values()]
    .flatMap(({ access }) => visibleChannels(access, channels, { subject, now }))
    .filter(({ kind, permissions }) => kind !== 'category' && permissions.includes(action satisfies Action));
  const conversations = await db
    .selectFrom('channel_members')
    .select('channel_id')
    .where('user_id', '=', userId)
    .execute();
  return [...seen.map(({ id }) => id), ...conversations.map(({ channel_id }) => channel_id)];
}
