import type { Reacting } from '@parley/contract';
import { FloodGate } from '../flood-gate.js';
import type { FloodLimits } from '../flood-gate.js';
import { checkLimit } from '../limits.js';
import type { MessageAddress } from '../messages/require-message.js';
import { requireMessage } from '../messages/require-message.js';
import { demand, inChannel, openHistory } from '../messages/open-channel.js';
import { shownName } from '../people/shown-name.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { mayJoin } from './reaction-rules.js';

/** A message, and one of the emoji below it. */
export interface ReactionAddress extends MessageAddress {
  emoji: string;
}

/** Of one person, everywhere. */
const REACTIONS: FloodLimits = { burst: 20, interval: 500 };

/** Emoji below messages. */
export class ReactionService {
  readonly gate = new FloodGate('react', REACTIONS);
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Twice is once. */
  async add(userId: string, address: ReactionAddress): Promise<void> {
    const { channelId, messageId, emoji } = address;
    this.gate.pass(userId, this.#options.now());
    await inChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, now, events, audience } = visit;
      // Whoever else reacts to it waits, so that the count of emoji holds.
      await requireMessage(trx, address, { hold: 'change' });
      const rows = await trx
        .selectFrom('reactions')
        .select('emoji')
        .distinct()
        .where('message_id', '=', messageId)
        .execute();
      if (!rows.some((row) => row.emoji === emoji)) {
        demand(visit, 'add_reactions', 'react with what nobody reacted with');
        checkLimit('emojiOfMessage', rows.length);
      } else if (!mayJoin(visit, now)) throw new WorkspaceError('forbidden', 'You may not react here.');
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('reactions')
        .values({ message_id: messageId, emoji, user_id: userId, reacted_at: new Date(now) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) return;
      const payload = { channel_id: channelId, message_id: messageId, emoji, user_id: userId };
      events.push({ type: 'reaction_added', payload, audience });
    });
  }

  /** One's own, or with the permission somebody else's. */
  async remove(userId: string, address: ReactionAddress, ofUserId = userId): Promise<void> {
    const { channelId, messageId, emoji } = address;
    await inChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, events, audience } = visit;
      if (ofUserId !== userId) demand(visit, 'delete_messages', 'take reactions of others away');
      await requireMessage(trx, address);
      const { numDeletedRows } = await trx
        .deleteFrom('reactions')
        .where('message_id', '=', messageId)
        .where('emoji', '=', emoji)
        .where('user_id', '=', ofUserId)
        .executeTakeFirstOrThrow();
      if (numDeletedRows === 0n) return;
      const payload = { channel_id: channelId, message_id: messageId, emoji, user_id: ofUserId };
      events.push({ type: 'reaction_removed', payload, audience });
    });
  }

  /** Who reacted so. */
  async people(
    userId: string,
    address: ReactionAddress,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<Reacting> {
    const { db } = this.#options;
    await openHistory(this.#options, { userId, channelId: address.channelId });
    await requireMessage(db, address);
    const rows = await db
      .selectFrom('reactions as r')
      .innerJoin('users as u', 'u.id', 'r.user_id')
      .innerJoin('channels as c', (join) => join.on('c.id', '=', address.channelId))
      .leftJoin('members as n', (join) =>
        join.onRef('n.community_id', '=', 'c.community_id').onRef('n.user_id', '=', 'r.user_id'),
      )
      .select(['r.user_id', shownName('u', 'n').as('name')])
      .where('r.message_id', '=', address.messageId)
      .where('r.emoji', '=', address.emoji)
      .$if(after !== undefined, (query) => query.where('r.user_id', '>', after ?? ''))
      .orderBy('r.user_id')
      .limit(limit + 1)
      .execute();
    const shown = rows.slice(0, limit);
    return {
      people: shown.map(({ user_id, name }) => ({ id: user_id, name: name ?? '' })),
      next: rows.length > limit ? (shown.at(-1)?.user_id ?? null) : null,
    };
  }
}
