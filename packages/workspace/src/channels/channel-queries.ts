import type { Kysely } from 'kysely';
import { loadCommunityAccess } from '../communities/access-queries.js';
import type { ChannelPlace, DirectPlace } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { channelAccess } from './channel-access.js';
import type { StoredOverwrite } from './channel-access.js';
import { isOfCommunity } from './channel-rows.js';
import type { ChannelRow, ChannelsOfCommunity, CommunityChannelRow } from './channel-rows.js';

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
  const access = channelAccess(channel, await overwritesFor(db, channel));
  return { channel, place: { kind: 'channel', community, channel: access } };
}

/** Of a channel and of its category. */
export async function overwritesFor(
  db: Kysely<WorkspaceTables>,
  { id, category_id }: Pick<CommunityChannelRow, 'id' | 'category_id'>,
): Promise<StoredOverwrite[]> {
  return db
    .selectFrom('channel_overwrites')
    .selectAll()
    .where('channel_id', 'in', category_id === null ? [id] : [id, category_id])
    .execute();
}

/** All channels of some communities, and their overwrites. */
export async function loadChannels(
  db: Kysely<WorkspaceTables>,
  communityIds: readonly string[],
): Promise<ChannelsOfCommunity> {
  if (communityIds.length === 0) return { rows: [], overwrites: [] };
  const rows = await db
    .selectFrom('channels')
    .selectAll()
    .where('community_id', 'in', communityIds)
    .execute();
  const overwrites = await db
    .selectFrom('channel_overwrites')
    .innerJoin('channels', 'channels.id', 'channel_overwrites.channel_id')
    .selectAll('channel_overwrites')
    .where('channels.community_id', 'in', communityIds)
    .execute();
  return { rows: rows.filter(isOfCommunity), overwrites };
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
