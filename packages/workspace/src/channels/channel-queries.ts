import type { Kysely, Selectable } from 'kysely';
import { loadCommunityAccess } from '../communities/access-queries.js';
import type { ChannelPlace, DirectPlace } from '../permissions/index.js';
import type { ChannelTable, WorkspaceTables } from '../schema/tables.js';
import { channelAccess } from './channel-access.js';

export type ChannelRow = Selectable<ChannelTable>;

/** A channel or a conversation, and where it is for `permissionsIn`. */
export interface FoundChannel {
  channel: ChannelRow;
  place: ChannelPlace | DirectPlace;
}

/** Undefined if there is none with this id. A constant number of queries. */
export async function loadChannel(
  db: Kysely<WorkspaceTables>,
  channelId: string,
): Promise<FoundChannel | undefined> {
  const channel = await db.selectFrom('channels').selectAll().where('id', '=', channelId).executeTakeFirst();
  if (channel === undefined) return undefined;
  if (channel.community_id === null) return { channel, place: await directPlace(db, channel) };
  const community = await loadCommunityAccess(db, channel.community_id);
  if (community === undefined) return undefined;
  const sources = channel.category_id === null ? [channel.id] : [channel.id, channel.category_id];
  const overwrites = await db
    .selectFrom('channel_overwrites')
    .selectAll()
    .where('channel_id', 'in', sources)
    .execute();
  return { channel, place: { kind: 'channel', community, channel: channelAccess(channel, overwrites) } };
}

async function directPlace(db: Kysely<WorkspaceTables>, { id, kind }: ChannelRow): Promise<DirectPlace> {
  const members = await db
    .selectFrom('channel_members')
    .select('user_id')
    .where('channel_id', '=', id)
    .execute();
  const ids = members.map(({ user_id }) => user_id);
  const blocked = kind === 'direct' && ids.length > 0 && (await anyBlocks(db, ids));
  return { kind: 'direct', memberIds: new Set(ids), group: kind === 'group', blocked };
}

/** Whether one of them has blocked another. */
async function anyBlocks(db: Kysely<WorkspaceTables>, ids: readonly string[]): Promise<boolean> {
  const block = await db
    .selectFrom('blocks')
    .select('user_id')
    .where('user_id', 'in', ids)
    .where('blocked_id', 'in', ids)
    .limit(1)
    .executeTakeFirst();
  return block !== undefined;
}
