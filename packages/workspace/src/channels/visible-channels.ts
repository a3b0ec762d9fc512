import type { Channel, ChannelFacts } from '@parley/contract';
import { groupBy } from '../group-by.js';
import { PermissionSet, permissionsIn } from '../permissions/index.js';
import type { ChannelAccess, CommunityAccess, Subject } from '../permissions/index.js';
import { channelAccess } from './channel-access.js';
import type { ChannelsOfCommunity, CommunityChannelRow } from './channel-rows.js';

/** The channels that somebody sees, in their order, and the categories in which these are. */
export function visibleChannels(
  community: CommunityAccess,
  { rows, overwrites }: ChannelsOfCommunity,
  { subject, now }: { subject: Subject; now: number },
): Channel[] {
  const overwritesOf = groupBy(overwrites, ({ channel_id }) => channel_id);
  const judged = rows
    .filter(({ community_id }) => community_id === community.id)
    .map((row) => {
      const ofCategory = row.category_id === null ? [] : (overwritesOf.get(row.category_id) ?? []);
      const channel = channelAccess(row, [...(overwritesOf.get(row.id) ?? []), ...ofCategory]);
      const permissions = permissionsIn(subject, { kind: 'channel', community, channel }, now);
      return { row, channel, permissions };
    });
  const seen = judged.filter(({ permissions }) => permissions.has('view_channel'));
  const holding = new Set(seen.map(({ row }) => row.category_id));
  return judged
    .filter(({ row, permissions }) => permissions.has('view_channel') || holding.has(row.id))
    .sort((one, other) => one.row.position - other.row.position)
    .map(({ row, channel, permissions }) => ({
      ...channelFactsOf(row, channel, community),
      permissions: permissions.names(),
    }));
}

export function channelFactsOf(
  row: CommunityChannelRow,
  { archived, byRole }: ChannelAccess,
  { everyoneId }: CommunityAccess,
): ChannelFacts {
  const { id, community_id, kind, category_id, name, topic, position, slow_mode } = row;
  const { allow, deny } = byRole.get(everyoneId) ?? { allow: PermissionSet.none, deny: PermissionSet.none };
  return {
    ...{ id, community_id, kind, category_id, name, topic, position, slow_mode, archived },
    private: deny.has('view_channel') && !allow.has('view_channel'),
  };
}
