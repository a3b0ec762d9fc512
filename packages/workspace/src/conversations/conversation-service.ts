import type { Conversation, ConversationChange, GroupRequest } from '@parley/contract';
import { loadActor } from '../communities/access-queries.js';
import { changing, need } from '../communities/visit.js';
import type { Change } from '../communities/visit.js';
import { newId } from '../ids.js';
import { checkLimit } from '../limits.js';
import { INSTANCE, permissionsIn } from '../permissions/index.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import {
  conversationAnswerOf,
  findConversations,
  findDirect,
  loadConversations,
} from './conversation-queries.js';
import type { FoundConversation } from './conversation-queries.js';
import { checkGroups, insertConversation, insertPair } from './new-conversation.js';
import { checkReachable } from './reachable.js';

/** Conversations outside of communities: of two people, and of groups. */
export class ConversationService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Where somebody wrote last first. */
  async list(userId: string): Promise<Conversation[]> {
    const { db, now } = this.#options;
    const subject = await loadActor(db, userId);
    const found = await loadConversations(db, userId, now());
    return found.map((conversation) => conversationAnswerOf(conversation, subject, now()));
  }

  /** The conversation with somebody, begun if there is none yet. */
  async openDirect(userId: string, otherId: string): Promise<Conversation> {
    return changing(this.#options, async (change) => {
      const { trx, now } = change;
      if (otherId === userId) {
        throw new WorkspaceError('invalid', 'This is you.', { field: 'user_id' });
      }
      const there = await findDirect(trx, userId, otherId);
      if (there !== undefined) return answerOf(change, userId, there);
      need(permissionsIn(await loadActor(trx, userId), INSTANCE, now), 'start_direct_messages');
      await checkReachable(trx, userId, [otherId]);
      const id = newId(now, this.#options.random);
      await insertConversation(trx, { id, kind: 'direct', name: '', memberIds: [userId, otherId], now });
      if (!(await insertPair(trx, id, [userId, otherId]))) {
        // The other began it at the same moment.
        await trx.deleteFrom('channels').where('id', '=', id).execute();
        return answerOf(change, userId, (await findDirect(trx, userId, otherId)) ?? id);
      }
      return opened(change, userId, id);
    });
  }

  async openGroup(userId: string, { name = '', user_ids }: GroupRequest): Promise<Conversation> {
    return changing(this.#options, async (change) => {
      const { trx, now } = change;
      need(permissionsIn(await loadActor(trx, userId), INSTANCE, now), 'start_group_messages');
      const others = [...new Set(user_ids)].filter((id) => id !== userId);
      await checkReachable(trx, userId, others);
      await checkGroups(trx, [userId, ...others]);
      const id = newId(now, this.#options.random);
      await insertConversation(trx, { id, kind: 'group', name, memberIds: [userId, ...others], now });
      return opened(change, userId, id);
    });
  }
  /** An empty name is none. */
  async rename(userId: string, { id, name }: ConversationChange): Promise<Conversation> {
    return this.#inGroup(userId, id, async (change) => {
      await change.trx.updateTable('channels').set({ name }).where('id', '=', id).execute();
      await tell(change, id, 'conversation_changed');
      return answerOf(change, userId, id);
    });
  }

  /** Any member adds others. Who is in it already stays. */
  async addMember(userId: string, { id, otherId }: { id: string; otherId: string }): Promise<Conversation> {
    return this.#inGroup(userId, id, async (change, { place }) => {
      const { trx, now } = change;
      if (!place.memberIds.has(otherId)) {
        await checkReachable(trx, userId, [otherId]);
        await checkGroups(trx, [otherId]);
        checkLimit('groupMembers', place.memberIds.size);
        const row = { channel_id: id, user_id: otherId, joined_at: new Date(now) };
        await trx.insertInto('channel_members').values(row).execute();
        await tell(change, id, 'conversation_changed');
      }
      return answerOf(change, userId, id);
    });
  }

  /** With the last of its members the group goes, and all that was written in it. */
  async leave(userId: string, id: string): Promise<void> {
    await this.#inGroup(userId, id, async (change, { place }) => {
      const { trx, events } = change;
      await trx
        .deleteFrom('channel_members')
        .where('channel_id', '=', id)
        .where('user_id', '=', userId)
        .execute();
      events.push({ type: 'conversation_left', payload: { id }, audience: { userIds: [userId] } });
      if (place.memberIds.size > 1) await tell(change, id, 'conversation_changed');
      else await trx.deleteFrom('channels').where('id', '=', id).execute();
    });
  }

  /** In a group of somebody's, which nobody else changes meanwhile. */
  async #inGroup<Result>(
    userId: string,
    id: string,
    work: (change: Change, found: FoundConversation) => Promise<Result>,
  ): Promise<Result> {
    return changing(this.#options, async (change) => {
      const { trx, now } = change;
      await trx.selectFrom('channels').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
      const [found] = await findConversations(trx, [id], now);
      if (found?.place.memberIds.has(userId) !== true) throw noConversation();
      if (found.place.group) return work(change, found);
      throw new WorkspaceError('conflict', 'A conversation of two stays one of two.', {
        remedy: 'Begin a group instead.',
      });
    });
  }
}

async function opened(change: Change, userId: string, id: string): Promise<Conversation> {
  await tell(change, id, 'conversation_opened');
  return answerOf(change, userId, id);
}

async function tell(
  { trx, now, events }: Change,
  id: string,
  type: 'conversation_opened' | 'conversation_changed',
): Promise<void> {
  const [found] = await findConversations(trx, [id], now);
  if (found === undefined) return;
  const audience = { userIds: [...found.place.memberIds] };
  events.push({ type, payload: { conversation: found.facts }, audience });
}

async function answerOf({ trx, now }: Change, userId: string, id: string): Promise<Conversation> {
  const [found] = await findConversations(trx, [id], now);
  if (found === undefined) throw noConversation();
  return conversationAnswerOf(found, await loadActor(trx, userId), now);
}

function noConversation(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such conversation.');
}
