import type { Kysely } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { communityAccess } from '../communities/access-queries.js';
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

/** Undefined if there is none with this id. One query. */
export async function loadChannel(
  db: Kysely<WorkspaceTables>,
  channelId: string,
): Promise<FoundChannel | undefined> {
  const found = await db
    .selectFrom('channels as c')
    .leftJoin('communities as k', 'k.id', 'c.community_id')
    .selectAll('c')
    .select((of) => [
      'k.owner_id',
      jsonArrayFrom(
        of
          .selectFrom('roles as r')
          .select(['r.id', 'r.name', 'r.colour', 'r.icon', 'r.position', 'r.permissions'])
          .whereRef('r.community_id', '=', 'c.community_id'),
      ).as('roles'),
      jsonArrayFrom(
        of
          .selectFrom('channel_overwrites as o')
          .selectAll()
          .where((at) =>
            at.or([
              at('o.channel_id', '=', at.ref('c.id')),
              at('o.channel_id', '=', at.ref('c.category_id')),
            ]),
          ),
      ).as('overwrites'),
      jsonArrayFrom(
        of.selectFrom('channel_members as m').select('m.user_id').whereRef('m.channel_id', '=', 'c.id'),
      ).as('members'),
      // Whether one of them has blocked another.
      of
        .exists(
          of
            .selectFrom('blocks as b')
            .innerJoin('channel_members as one', 'one.user_id', 'b.user_id')
            .innerJoin('channel_members as other', 'other.user_id', 'b.blocked_id')
            .select('b.user_id')
            .whereRef('one.channel_id', '=', 'c.id')
            .whereRef('other.channel_id', '=', 'c.id'),
        )
        .as('blocked'),
    ])
    .where('c.id', '=', channelId)
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const { owner_id, roles, overwrites, members, blocked, ...channel } = found;
  if (channel.community_id === null) {
    const memberIds = new Set(members.map(({ user_id }) => user_id));
    const { kind } = channel;
    const place = { memberIds, group: kind === 'group', blocked: kind === 'direct' && blocked === true };
    return { channel, place: { kind: 'direct', ...place } };
  }
  if (owner_id === null) return undefined;
  const community = communityAccess({ id: channel.community_id, ownerId: owner_id }, roles);
  return { channel, place: { kind: 'channel', community, channel: channelAccess(channel, overwrites) } };
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
