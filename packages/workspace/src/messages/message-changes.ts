import type { Message, MessageVersion } from '@parley/contract';
import type { Change } from '../communities/visit.js';
import { readersOf } from '../events.js';
import { FloodGate } from '../flood-gate.js';
import type { FloodLimits } from '../flood-gate.js';
import { checkLimit } from '../limits.js';
import { searchVector } from '../search/words.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { hasLink } from './links.js';
import { insertMentions, whoIsCalled } from './mention-rules.js';
import { parseMentions } from './mentions.js';
import { loadMessage } from './message-queries.js';
import { demand, inChannel, openHistory } from './open-channel.js';
import type { OpenChannel } from './open-channel.js';
import { eraseMessage } from './erasing.js';
import { removeReply } from './replies.js';
import { requireMessage } from './require-message.js';
import type { MessageAddress, StoredMessage } from './require-message.js';

/** Of one person in one channel. */
const CHANGES: FloodLimits = { burst: 20, interval: 500 };

/** Editing and deleting messages. */
export class MessageChanges {
  readonly gate = new FloodGate('change messages', CHANGES);
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Only what one wrote oneself. What it said before is kept. */
  async edit(userId: string, address: MessageAddress, text: string): Promise<Message> {
    const { channelId, messageId } = address;
    this.#pass(userId, channelId);
    return inChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, now, events, audience } = visit;
      const stored = await requireMessage(trx, address, { hold: 'change' });
      if (stored.author_id !== userId) {
        throw new WorkspaceError('forbidden', 'You may change only what you wrote yourself.');
      }
      demandOwn(visit, stored);
      if (stored.text === text) return loadMessage(trx, userId, messageId);
      await keepVersion(visit, stored);
      const called = await whoIsCalled(trx, parseMentions(text), visit);
      await trx
        .updateTable('messages')
        .set({
          ...{ text, search: searchVector(text), has_link: hasLink(text), edited_at: new Date(now) },
          mentions_everyone: called.everyone,
        })
        .where('id', '=', messageId)
        .execute();
      await trx.deleteFrom('message_mentions').where('message_id', '=', messageId).execute();
      await insertMentions(trx, messageId, { channelId, threadId: stored.thread_id }, called);
      const message = await loadMessage(trx, userId, messageId);
      const { id, channel_id, thread_id, edited_at, mentions } = message;
      const payload = { id, channel_id, thread_id, text, edited_at: edited_at ?? '', mentions };
      events.push({ type: 'message_edited', payload, audience: readersOf(audience) });
      return message;
    });
  }

  /** What one wrote oneself, or with the permission what others wrote. Nothing of its text is left. */
  async remove(userId: string, address: MessageAddress): Promise<void> {
    const { channelId, messageId } = address;
    this.#pass(userId, channelId);
    await inChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, events, audience } = visit;
      const stored = await requireMessage(trx, address, { hold: 'change' });
      if (!visit.permissions.has('delete_messages')) {
        if (stored.author_id !== userId) demand(visit, 'delete_messages', 'delete what others wrote');
        demandOwn(visit, stored);
      }
      await eraseMessage(trx, messageId, visit.now);
      const payload = { id: messageId, channel_id: channelId, thread_id: stored.thread_id };
      events.push({ type: 'message_deleted', payload, audience });
      if (stored.thread_id !== null) events.push(await removeReply(visit, stored.thread_id));
    });
  }

  /** What a message said before, the oldest first. */
  async versions(userId: string, address: MessageAddress): Promise<MessageVersion[]> {
    const open = await openHistory(this.#options, { userId, channelId: address.channelId });
    demand(open, 'view_edit_history', 'see what messages said before');
    const { db } = this.#options;
    await requireMessage(db, address);
    const rows = await db
      .selectFrom('message_versions')
      .select(['text', 'replaced_at'])
      .where('message_id', '=', address.messageId)
      .orderBy('number')
      .execute();
    return rows.map(({ text, replaced_at }) => ({ text, replaced_at: replaced_at.toISOString() }));
  }

  #pass(userId: string, channelId: string): void {
    this.gate.pass(`${userId} ${channelId}`, this.#options.now());
  }
}

function demandOwn(open: OpenChannel, { thread_id }: StoredMessage): void {
  demand(open, thread_id === null ? 'send_messages' : 'send_in_threads', 'change messages');
}

/** Nobody else changes the message meanwhile: it is held. */
async function keepVersion({ trx, now }: Change, { id, text }: StoredMessage): Promise<void> {
  const newest = await trx
    .selectFrom('message_versions')
    .select('number')
    .where('message_id', '=', id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const kept = newest?.number ?? 0;
  checkLimit('messageVersions', kept);
  const version = { message_id: id, number: kept + 1, text, replaced_at: new Date(now) };
  await trx.insertInto('message_versions').values(version).execute();
}
