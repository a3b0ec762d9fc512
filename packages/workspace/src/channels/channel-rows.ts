import type { Selectable } from 'kysely';
import type { ChannelTable } from '../schema/tables.js';
import type { StoredOverwrite } from './channel-access.js';

export type ChannelRow = Selectable<ChannelTable>;

/** A channel of a community. */
export interface CommunityChannelRow extends ChannelRow {
  community_id: string;
  kind: 'text' | 'voice' | 'category';
}

/** Channels of one community or of several, with all overwrites of them. */
export interface ChannelsOfCommunity {
  rows: readonly CommunityChannelRow[];
  overwrites: readonly StoredOverwrite[];
}

/** The table's checks say as much. */
export function isOfCommunity(row: ChannelRow): row is CommunityChannelRow {
  return row.community_id !== null && row.kind !== 'direct' && row.kind !== 'group';
}
