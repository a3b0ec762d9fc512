import type { Channel, ChannelChange, ChannelMove, NewChannel } from '@parley/contract';
import { sql } from 'kysely';
import type { Transaction, Updateable } from 'kysely';
import { changeCommunity, need } from '../communities/visit.js';
import type { WorkspaceEvent } from '../events.js';
import { newId } from '../ids.js';
import { checkLimit } from '../limits.js';
import { permissionsIn } from '../permissions/index.js';
import type { ChannelTable, WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { checkCategory } from './categories.js';
import { placementsAfterMove } from './channel-order.js';
import type { ChannelPlacement } from './channel-order.js';
import { loadChannels } from './channel-queries.js';
import type { CommunityChannelRow } from './channel-rows.js';
import { changeChannel, visitChannel } from './channel-visit.js';
import type { ChannelVisit } from './channel-visit.js';
import { setPrivacy, takeOverFromCategory } from './overwrite-queries.js';
import { channelFactsOf, visibleChannels } from './visible-channels.js';

/** Text and voice channels of communities, and the categories that hold them. */
export class ChannelService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async get(userId: string, channelId: string): Promise<Channel> {
    const { db, now } = this.#options;
    return channelAnswerOf(await visitChannel(db, { userId, channelId, now: now() }));
  }

  /** Behind all others of its community. */
  async create(userId: string, wish: NewChannel): Promise<Channel> {
    const { id: communityId, kind, name, topic = '', category_id = null, slow_mode = 0 } = wish;
    return changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      const { trx, now, permissions } = visit;
      need(permissions, 'create_channels');
      const there = await loadChannels(trx, [communityId]);
      checkLimit('channels', there.rows.length);
      if (kind === 'category') checkLimit('categories', there.rows.filter((row) => row.kind === kind).length);
      if (category_id !== null) checkCategory(visit, there, { kind, categoryId: category_id });
      const id = newId(now, this.#options.random);
      const position = Math.max(-1, ...there.rows.map((row) => row.position)) + 1;
      await trx
        .insertInto('channels')
        .values({
          ...{ id, community_id: communityId, kind, name, topic, category_id, slow_mode, position },
          ...{ archived_at: null, created_at: new Date(now) },
        })
        .execute();
      if (wish.private !== undefined) {
        await setPrivacy(trx, {
          id,
          everyoneId: visit.community.everyoneId,
          userId,
          isPrivate: wish.private,
        });
      }
      const made = await visitChannel(trx, { userId, channelId: id, now });
      visit.events.push(tellOf(made, 'channel_created'));
      return channelAnswerOf(made);
    });
  }

  async change(userId: string, change: ChannelChange): Promise<Channel> {
    const { id: channelId, private: isPrivate, ...rest } = change;
    return changeChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, now, row, permissions, place, events } = visit;
      const set = changedColumns(row, rest, now);
      if (Object.keys(set).length > 0) {
        need(permissions, 'manage_channel');
        await trx.updateTable('channels').set(set).where('id', '=', channelId).execute();
      }
      if (isPrivate !== undefined) {
        need(permissions, 'manage_channel_permissions');
        await takeOverFromCategory(trx, { categoryId: row.category_id, channelId });
        await setPrivacy(trx, { id: channelId, everyoneId: place.community.everyoneId, userId, isPrivate });
        const payload = { community_id: row.community_id };
        events.push({ type: 'permissions_changed', payload, audience: { communityId: row.community_id } });
      }
      const changed = await visitChannel(trx, { userId, channelId, now });
      events.push(tellOf(changed, 'channel_changed'));
      return channelAnswerOf(changed);
    });
  }

  /** With everything in it. The channels of a category stay, as private as they were. */
  async delete(userId: string, channelId: string): Promise<void> {
    await changeChannel(this.#options, { userId, channelId }, async ({ trx, row, permissions, events }) => {
      need(permissions, 'manage_channel');
      if (row.kind === 'category') await takeOverFromCategory(trx, { categoryId: channelId });
      await trx.deleteFrom('channels').where('id', '=', channelId).execute();
      const payload = { community_id: row.community_id, channel_id: channelId };
      events.push({ type: 'channel_deleted', payload, audience: { communityId: row.community_id } });
    });
  }
  /** By dragging: to a place among the others, in a category or above all of them. */
  async move(userId: string, { id: channelId, category_id, before }: ChannelMove): Promise<void> {
    await changeChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, row, place, subject, permissions, now, events } = visit;
      const { community } = place;
      need(permissionsIn(subject, { kind: 'community', community }, now), 'create_channels');
      const there = await loadChannels(trx, [row.community_id]);
      if (category_id !== null) {
        checkCategory({ subject, community, now }, there, { kind: row.kind, categoryId: category_id });
      }
      const seen = visibleChannels(community, there, { subject, now });
      if (before !== null && !seen.some(({ id }) => id === before)) {
        throw new WorkspaceError('invalid', 'There is no such channel in this community.', {
          field: 'before',
          remedy: 'Choose another, or send null.',
        });
      }
      const hasOwn = there.overwrites.some(({ channel_id }) => channel_id === channelId);
      // Elsewhere it would be as private as its new category.
      if (row.category_id !== category_id && !hasOwn) need(permissions, 'manage_channel_permissions');
      const moved = placementsAfterMove(there.rows, channelId, { categoryId: category_id, beforeId: before });
      if (moved.length === 0) return;
      await putInPlace(trx, moved);
      const payload = { community_id: row.community_id };
      events.push({ type: 'channels_moved', payload, audience: { communityId: row.community_id } });
    });
  }
}

function channelAnswerOf({ row, place, permissions }: ChannelVisit): Channel {
  return { ...channelFactsOf(row, place.channel, place.community), permissions: permissions.names() };
}

function tellOf({ row, place }: ChannelVisit, type: 'channel_created' | 'channel_changed'): WorkspaceEvent {
  const channel = channelFactsOf(row, place.channel, place.community);
  return { type, payload: { channel }, audience: { communityId: row.community_id, channelId: row.id } };
}

function changedColumns(
  { kind }: CommunityChannelRow,
  { name, topic, slow_mode, archived }: Omit<ChannelChange, 'id' | 'private'>,
  now: number,
): Updateable<ChannelTable> {
  const ofChannels = { topic, slow_mode, archived };
  const [wrong] = Object.entries(ofChannels).find(([, value]) => value !== undefined) ?? [];
  if (kind === 'category' && wrong !== undefined) {
    throw new WorkspaceError('invalid', 'A category has a name, and nothing else to change.', {
      field: wrong,
      remedy: 'Leave it out.',
    });
  }
  return {
    ...(name !== undefined && { name }),
    ...(topic !== undefined && { topic }),
    ...(slow_mode !== undefined && { slow_mode }),
    ...(archived !== undefined && { archived_at: archived ? new Date(now) : null }),
  };
}

/** In one statement, however many they are. */
async function putInPlace(
  trx: Transaction<WorkspaceTables>,
  placements: readonly ChannelPlacement[],
): Promise<void> {
  const ids = placements.map(({ id }) => id);
  const categories = placements.map(({ category_id }) => category_id);
  const positions = placements.map(({ position }) => position);
  await sql`update channels set category_id = placed.category_id, position = placed.position
    from unnest(${ids}::uuid[], ${categories}::uuid[], ${positions}::integer[]) as placed (id, category_id, position)
    where channels.id = placed.id`.execute(trx);
}
