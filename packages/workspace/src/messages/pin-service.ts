import type { Pin } from '@parley/contract';
import { sql } from 'kysely';
import { checkLimit } from '../limits.js';
import type { ServiceOptions } from '../service-options.js';
import { loadMessages } from './message-queries.js';
import { demand, inChannel, openHistory } from './open-channel.js';
import { requireMessage } from './require-message.js';
import type { MessageAddress } from './require-message.js';

/** What is pinned in channels, for everybody who sees them. */
export class PinService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async pin(userId: string, address: MessageAddress): Promise<void> {
    const { channelId, messageId } = address;
    await inChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, now, events, audience } = visit;
      demand(visit, 'pin_messages', 'pin messages');
      await requireMessage(trx, address, { hold: 'stay' });
      // Whoever else pins in this channel waits, so that the count holds.
      await sql`select pg_advisory_xact_lock(hashtextextended(${`pins ${channelId}`}, 0))`.execute(trx);
      const rows = await trx
        .selectFrom('pins')
        .select('message_id')
        .where('channel_id', '=', channelId)
        .execute();
      if (rows.some(({ message_id }) => message_id === messageId)) return;
      checkLimit('pins', rows.length);
      const row = {
        message_id: messageId,
        channel_id: channelId,
        pinned_by: userId,
        pinned_at: new Date(now),
      };
      await trx.insertInto('pins').values(row).execute();
      const payload = { channel_id: channelId, message_id: messageId, user_id: userId };
      events.push({ type: 'message_pinned', payload, audience });
    });
  }

  async unpin(userId: string, { channelId, messageId }: MessageAddress): Promise<void> {
    await inChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, events, audience } = visit;
      demand(visit, 'pin_messages', 'take pins away');
      const { numDeletedRows } = await trx
        .deleteFrom('pins')
        .where('message_id', '=', messageId)
        .where('channel_id', '=', channelId)
        .executeTakeFirstOrThrow();
      if (numDeletedRows === 0n) return;
      const payload = { channel_id: channelId, message_id: messageId, user_id: userId };
      events.push({ type: 'message_unpinned', payload, audience });
    });
  }

  /** What was pinned last comes first. */
  async list(userId: string, channelId: string): Promise<Pin[]> {
    await openHistory(this.#options, { userId, channelId });
    const { db } = this.#options;
    const rows = await db
      .selectFrom('pins')
      .select(['message_id', 'pinned_by', 'pinned_at'])
      .where('channel_id', '=', channelId)
      .orderBy('pinned_at', 'desc')
      .orderBy('message_id', 'desc')
      .execute();
    const messages = await loadMessages(
      db,
      userId,
      rows.map(({ message_id }) => message_id),
    );
    const byId = new Map(messages.map((message) => [message.id, message]));
    return rows.flatMap(({ message_id, pinned_by, pinned_at }) => {
      const message = byId.get(message_id);
      return message === undefined ? [] : [{ message, pinned_by, pinned_at: pinned_at.toISOString() }];
    });
  }
}
