import type { Draft } from '@parley/contract';
import type { Kysely, Selectable } from 'kysely';
import { seenChannelIds } from '../channels/seen-channels.js';
import { FloodGate } from '../flood-gate.js';
import type { FloodLimits } from '../flood-gate.js';
import { checkLimit } from '../limits.js';
import type { MessagePlace } from '../messages/message-page.js';
import { inChannel } from '../messages/open-channel.js';
import { requireThread } from '../messages/require-message.js';
import type { DraftTable } from '../schema/message-tables.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';

/** What somebody has begun to write in a place. */
export interface DraftWish extends MessagePlace {
  replyToId: string | null;
  /** Null takes the draft away. */
  text: string | null;
}

/** Of one person, everywhere: a draft is kept while one types. */
const KEEPING: FloodLimits = { burst: 30, interval: 500 };

/** What people have begun to write, the same on all of their devices. */
export class DraftService {
  readonly gate = new FloodGate('keep drafts', KEEPING);
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async keep(userId: string, { channelId, threadId, replyToId, text }: DraftWish): Promise<void> {
    this.gate.pass(userId, this.#options.now());
    await inChannel(this.#options, { userId, channelId }, async ({ trx, now, events }) => {
      if (threadId !== null) await requireThread(trx, channelId, threadId, { field: 'thread_id' });
      const others = await draftsOf(trx, userId)
        .where((is) =>
          is.not(
            is.and([is('channel_id', '=', channelId), is('thread_id', 'is not distinct from', threadId)]),
          ),
        )
        .execute();
      await trx
        .deleteFrom('drafts')
        .where('user_id', '=', userId)
        .where('channel_id', '=', channelId)
        .where('thread_id', 'is not distinct from', threadId)
        .execute();
      let draft: Draft | null = null;
      if (text !== null) {
        checkLimit('drafts', others.length);
        const row = {
          channel_id: channelId,
          thread_id: threadId,
          reply_to_id: replyToId,
          text,
          changed_at: new Date(now),
        };
        await trx
          .insertInto('drafts')
          .values({ ...row, user_id: userId })
          .execute();
        draft = draftOf(row);
      }
      const payload = { channel_id: channelId, thread_id: threadId, draft };
      events.push({ type: 'draft_changed', payload, audience: { userIds: [userId] } });
    });
  }

  /** What was changed last comes first; those in places that they do not see any more are left out. */
  async list(userId: string): Promise<Draft[]> {
    const { db, now } = this.#options;
    const rows = await draftsOf(db, userId).orderBy('changed_at', 'desc').execute();
    const seen = new Set(await seenChannelIds(db, { userId, now: now(), action: 'view_channel' }));
    return rows.filter(({ channel_id }) => seen.has(channel_id)).map(draftOf);
  }
}

function draftsOf(db: Kysely<WorkspaceTables>, userId: string) {
  return db
    .selectFrom('drafts')
    .select(['channel_id', 'thread_id', 'reply_to_id', 'text', 'changed_at'])
    .where('user_id', '=', userId);
}

function draftOf({ changed_at, ...draft }: Omit<Selectable<DraftTable>, 'user_id'>): Draft {
  return { ...draft, changed_at: changed_at.toISOString() };
}
