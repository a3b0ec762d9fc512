import { sql } from 'kysely';
import { noChannel } from '../channels/channel-visit.js';
import { seenChannelIds } from '../channels/seen-channels.js';
import { changing, visitCommunity } from '../communities/visit.js';
import type { Change } from '../communities/visit.js';
import { FloodGate } from '../flood-gate.js';
import type { FloodLimits } from '../flood-gate.js';
import type { ServiceOptions } from '../service-options.js';
import { loadUnread } from './unread-queries.js';

/** In what everything is marked as read; null in both: everywhere. */
export interface CatchUpWish {
  communityId: string | null;
  channelId: string | null;
}

interface Moved {
  channel_id: string;
  thread_id: string | null;
  last_read_id: string;
}

/** Of one person, everywhere. */
const CATCHING_UP: FloodLimits = { burst: 20, interval: 1000 };

/** Marking all that there is as read. */
export class CatchUpService {
  readonly gate = new FloodGate('mark everything as read', CATCHING_UP);
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Of one channel alone its threads stay as they are. */
  async catchUp(userId: string, wish: CatchUpWish): Promise<void> {
    this.gate.pass(userId, this.#options.now());
    await changing(this.#options, async (change) => {
      const channelIds = await channelsOf(change, userId, wish);
      if (channelIds.length === 0) return;
      const moved = await readChannels(change, userId, channelIds);
      if (wish.channelId === null) moved.push(...(await readThreads(change, userId, channelIds)));
      for (const mark of moved) {
        const payload = { ...mark, unread: 0, mentions: 0 };
        change.events.push({ type: 'reading_changed', payload, audience: { userIds: [userId] } });
      }
    });
  }
}

async function channelsOf(
  { trx, now }: Change,
  userId: string,
  { communityId, channelId }: CatchUpWish,
): Promise<string[]> {
  if (communityId !== null) await visitCommunity(trx, { userId, communityId, now });
  const seen = await seenChannelIds(trx, { userId, now, action: 'view_channel' });
  if (channelId !== null && !seen.includes(channelId)) throw noChannel();
  const wanted = channelId === null ? seen : [channelId];
  if (communityId === null || wanted.length === 0) return wanted;
  const rows = await trx
    .selectFrom('channels')
    .select('id')
    .where('id', 'in', wanted)
    .where('community_id', '=', communityId)
    .execute();
  return rows.map(({ id }) => id);
}

/** Only those in which something is new: others are not told of. */
async function readChannels({ trx }: Change, userId: string, channelIds: string[]): Promise<Moved[]> {
  const counts = await loadUnread(trx, { userId, channelIds });
  const fresh = counts.filter(({ unread }) => unread > 0).map(({ channel_id }) => channel_id);
  if (fresh.length === 0) return [];
  const { rows } = await sql<Moved>`
    insert into channel_reads (user_id, channel_id, last_read_id)
    select ${userId}, c.id, m.id from channels c
    cross join lateral (
      select m.id from messages m where m.channel_id = c.id and m.thread_id is null
      order by m.thread_id desc, m.id desc limit 1
    ) m
    where c.id in (${sql.join(fresh)})
    on conflict (user_id, channel_id)
      do update set last_read_id = greatest(channel_reads.last_read_id, excluded.last_read_id)
    returning channel_id, null::uuid as thread_id, last_read_id`.execute(trx);
  return rows;
}

async function readThreads({ trx }: Change, userId: string, channelIds: string[]): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    update thread_follows t set last_read_id = root.last_reply_id from messages root
    where root.id = t.thread_id and t.user_id = ${userId} and t.channel_id in (${sql.join(channelIds)})
      and root.last_reply_id > t.last_read_id
    returning t.channel_id, t.thread_id, t.last_read_id`.execute(trx);
  return rows;
}
