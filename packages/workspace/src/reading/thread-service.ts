import type { FollowedThreads, ThreadPage } from '@parley/contract';
import type { Kysely } from 'kysely';
import { seenChannelIds } from '../channels/seen-channels.js';
import { loadMessages } from '../messages/message-queries.js';
import { inChannel, openHistory } from '../messages/open-channel.js';
import { requireThread } from '../messages/require-message.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { loadUnreadThreads } from './unread-queries.js';

export interface ThreadPageWish {
  limit: number;
  /** Cursor: id of the last reply of the thread before. */
  before?: string | undefined;
}

interface ThreadAddress {
  channelId: string;
  threadId: string;
}

/** Lists of threads, and who follows them. */
export class ThreadService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** From now on: what was written so far is taken as read. */
  async follow(userId: string, { channelId, threadId }: ThreadAddress): Promise<void> {
    await inChannel(this.#options, { userId, channelId }, async ({ trx, events }) => {
      const root = await requireThread(trx, channelId, threadId, { hold: 'stay' });
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('thread_follows')
        .values({
          ...{ user_id: userId, thread_id: threadId, channel_id: channelId },
          last_read_id: root.last_reply_id ?? threadId,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) return;
      const payload = { channel_id: channelId, thread_id: threadId, following: true };
      events.push({ type: 'following_changed', payload, audience: { userIds: [userId] } });
    });
  }

  async unfollow(userId: string, { channelId, threadId }: ThreadAddress): Promise<void> {
    await inChannel(this.#options, { userId, channelId }, async ({ trx, events }) => {
      const { numDeletedRows } = await trx
        .deleteFrom('thread_follows')
        .where('user_id', '=', userId)
        .where('thread_id', '=', threadId)
        .where('channel_id', '=', channelId)
        .executeTakeFirstOrThrow();
      if (numDeletedRows === 0n) return;
      const payload = { channel_id: channelId, thread_id: threadId, following: false };
      events.push({ type: 'following_changed', payload, audience: { userIds: [userId] } });
    });
  }

  /** Of a channel. */
  async list(userId: string, channelId: string, wish: ThreadPageWish): Promise<ThreadPage> {
    await openHistory(this.#options, { userId, channelId });
    const { db } = this.#options;
    const { ids, next } = await page(threadsIn(db, [channelId]), wish);
    return { threads: await loadMessages(db, userId, ids), next };
  }

  /** That somebody follows, wherever they may read it. */
  async followed(userId: string, wish: ThreadPageWish): Promise<FollowedThreads> {
    const { db, now } = this.#options;
    const channelIds = await seenChannelIds(db, { userId, now: now(), action: 'read_history' });
    if (channelIds.length === 0) return { threads: [], next: null };
    const own = threadsIn(db, channelIds).where((is) =>
      is.exists(
        is
          .selectFrom('thread_follows as t')
          .select('t.thread_id')
          .whereRef('t.thread_id', '=', 'messages.id')
          .where('t.user_id', '=', userId),
      ),
    );
    const { ids, next } = await page(own, wish);
    const counts = await loadUnreadThreads(db, { userId, threadIds: ids });
    const threads = (await loadMessages(db, userId, ids)).flatMap((message) => {
      const unread = counts.get(message.id);
      return unread === undefined ? [] : [{ message, ...unread }];
    });
    return { threads, next };
  }
}

function threadsIn(db: Kysely<WorkspaceTables>, channelIds: readonly string[]) {
  return db
    .selectFrom('messages')
    .select(['id', 'last_reply_id'])
    .where('channel_id', 'in', channelIds)
    .where('reply_count', '>', 0);
}

async function page(threads: ReturnType<typeof threadsIn>, { limit, before }: ThreadPageWish) {
  const rows = await threads
    .$if(before !== undefined, (query) => query.where('last_reply_id', '<', before ?? ''))
    .orderBy('last_reply_id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? (shown.at(-1)?.last_reply_id ?? null) : null;
  return { ids: shown.map(({ id }) => id), next };
}
