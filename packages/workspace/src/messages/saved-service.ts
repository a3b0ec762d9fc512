import type { SavedPage } from '@parley/contract';
import { seenChannelIds } from '../channels/seen-channels.js';
import { changing } from '../communities/visit.js';
import { newId } from '../ids.js';
import { checkLimit } from '../limits.js';
import type { ServiceOptions } from '../service-options.js';
import { loadMessages } from './message-queries.js';
import { demand, inChannel } from './open-channel.js';
import { requireMessage } from './require-message.js';
import type { MessageAddress } from './require-message.js';

/** What somebody saved to find it again; nobody else knows. */
export class SavedService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async save(userId: string, address: MessageAddress): Promise<void> {
    const { channelId, messageId } = address;
    await inChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, now, events } = visit;
      demand(visit, 'read_history', 'read what was written before');
      await requireMessage(trx, address, { hold: 'stay' });
      const { count } = await trx
        .selectFrom('saved_messages')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow();
      checkLimit('savedMessages', Number(count));
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('saved_messages')
        .values({ id: newId(now, this.#options.random), user_id: userId, message_id: messageId })
        .onConflict((conflict) => conflict.columns(['user_id', 'message_id']).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) return;
      const payload = { channel_id: channelId, message_id: messageId, saved: true };
      events.push({ type: 'saved_changed', payload, audience: { userIds: [userId] } });
    });
  }

  /** Also of a channel that they do not see any more. */
  async forget(userId: string, { channelId, messageId }: MessageAddress): Promise<void> {
    await changing(this.#options, async ({ trx, events }) => {
      const { numDeletedRows } = await trx
        .deleteFrom('saved_messages')
        .where('user_id', '=', userId)
        .where('message_id', '=', messageId)
        .executeTakeFirstOrThrow();
      if (numDeletedRows === 0n) return;
      const payload = { channel_id: channelId, message_id: messageId, saved: false };
      events.push({ type: 'saved_changed', payload, audience: { userIds: [userId] } });
    });
  }

  /** What was saved last comes first; what they may not read any more is left out. */
  async list(
    userId: string,
    { limit, before }: { limit: number; before?: string | undefined },
  ): Promise<SavedPage> {
    const { db, now } = this.#options;
    const rows = await db
      .selectFrom('saved_messages as s')
      .innerJoin('messages as m', 'm.id', 's.message_id')
      .select(['s.id', 's.message_id', 'm.channel_id'])
      .where('s.user_id', '=', userId)
      .$if(before !== undefined, (query) => query.where('s.id', '<', before ?? ''))
      .orderBy('s.id', 'desc')
      .limit(limit + 1)
      .execute();
    const shown = rows.slice(0, limit);
    const readable = new Set(await seenChannelIds(db, { userId, now: now(), action: 'read_history' }));
    const ids = shown
      .filter(({ channel_id }) => readable.has(channel_id))
      .map(({ message_id }) => message_id);
    const next = rows.length > limit ? (shown.at(-1)?.id ?? null) : null;
    return { messages: await loadMessages(db, userId, ids), next };
  }
}
