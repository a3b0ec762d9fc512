import type { ScheduledMessage } from '@parley/contract';
import type { Kysely, Selectable } from 'kysely';
import { changing } from '../communities/visit.js';
import type { Change } from '../communities/visit.js';
import type { WorkspaceEvent } from '../events.js';
import { newId } from '../ids.js';
import { checkLimit } from '../limits.js';
import { demandWriting, postMessage } from '../messages/post-message.js';
import { inChannel } from '../messages/open-channel.js';
import type { Writing } from '../messages/post-message.js';
import { requireThread } from '../messages/require-message.js';
import type { ScheduledMessageTable } from '../schema/message-tables.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { checkSendTime } from './send-time.js';

export interface ScheduleWish extends Omit<Writing, 'forward' | 'attachmentIds'> {
  /** Milliseconds since 1970. */
  sendAt: number;
}

export interface ScheduleChange {
  text?: string | undefined;
  /** Milliseconds since 1970. */
  sendAt?: number | undefined;
}

type Row = Selectable<ScheduledMessageTable>;

/** So many are sent one after another before others are looked for. */
const BATCH = 100;

/** Messages that are sent later. */
export class ScheduleService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Asking again with the same nonce answers what is there. */
  async schedule(userId: string, wish: ScheduleWish): Promise<ScheduledMessage> {
    const { channelId, threadId, replyToId, text, nonce, sendAt } = wish;
    return inChannel(this.#options, { userId, channelId }, async (visit) => {
      const { trx, now, events } = visit;
      const own = await scheduledBy(trx, userId).execute();
      const earlier = own.find((row) => row.nonce === nonce);
      if (earlier !== undefined) return scheduledOf(earlier);
      checkSendTime(sendAt, now);
      const root =
        threadId === null ? undefined : await requireThread(trx, channelId, threadId, { field: 'thread_id' });
      demandWriting(visit, root);
      checkLimit('scheduledMessages', own.length);
      const row = await trx
        .insertInto('scheduled_messages')
        .values({
          ...{ id: newId(now, this.#options.random), author_id: userId, channel_id: channelId, nonce },
          ...{ thread_id: threadId, reply_to_id: replyToId, text, send_at: new Date(sendAt), refusal: null },
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return tell(events, row);
    });
  }

  /** What is due first comes first. */
  async list(userId: string): Promise<ScheduledMessage[]> {
    const rows = await scheduledBy(this.#options.db, userId).orderBy('send_at').orderBy('id').execute();
    return rows.map(scheduledOf);
  }

  /** One that was refused waits again. */
  async change(userId: string, id: string, { text, sendAt }: ScheduleChange): Promise<ScheduledMessage> {
    return changing(this.#options, async ({ trx, now, events }) => {
      if (sendAt !== undefined) checkSendTime(sendAt, now);
      const row = await trx
        .updateTable('scheduled_messages')
        .set({
          refusal: null,
          ...(text !== undefined && { text }),
          ...(sendAt !== undefined && { send_at: new Date(sendAt) }),
        })
        .where('id', '=', id)
        .where('author_id', '=', userId)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) throw notThere();
      return tell(events, row);
    });
  }

  async cancel(userId: string, id: string): Promise<void> {
    await changing(this.#options, async ({ trx, events }) => {
      const row = await trx
        .deleteFrom('scheduled_messages')
        .where('id', '=', id)
        .where('author_id', '=', userId)
        .returning('id')
        .executeTakeFirst();
      if (row === undefined) throw notThere();
      events.push(gone(userId, id));
    });
  }

  /**
   * Sends what is due, each in a transaction of its own; what its author may not write any more keeps the reason. Several
   * servers may do it at once. Returns when the next is due, in milliseconds since 1970.
   */
  async sendDue(): Promise<number | undefined> {
    const { db, now } = this.#options;
    for (let sent = 0; sent < BATCH; sent += 1) if (!(await this.#sendOne())) break;
    const next = await waiting(db).select('send_at').orderBy('send_at').limit(1).executeTakeFirst();
    return next === undefined ? undefined : Math.max(next.send_at.getTime(), now());
  }

  /** False where nothing is due that no other server has in hand. */
  async #sendOne(): Promise<boolean> {
    return changing(this.#options, async (change) => {
      const { trx, now, events } = change;
      const row = await waiting(trx)
        .selectAll()
        .where('send_at', '<=', new Date(now))
        .orderBy('send_at')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (row === undefined) return false;
      try {
        await postMessage(change, this.#options.random, row.author_id, writingOf(row));
        await trx.deleteFrom('scheduled_messages').where('id', '=', row.id).execute();
        events.push(gone(row.author_id, row.id));
      } catch (error) {
        // Nothing is written before everything is checked.
        if (!(error instanceof WorkspaceError)) throw error;
        await putOff(change, row.id, error);
      }
      return true;
    });
  }
}

/** Tries again when time heals it, and otherwise keeps the reason. */
async function putOff({ trx, now, events }: Change, id: string, { message, retryAfter }: WorkspaceError) {
  const later = retryAfter === undefined ? { refusal: message } : { send_at: new Date(now + retryAfter) };
  const row = await trx
    .updateTable('scheduled_messages')
    .set(later)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  tell(events, row);
}

function scheduledBy(db: Kysely<WorkspaceTables>, userId: string) {
  return db.selectFrom('scheduled_messages').selectAll().where('author_id', '=', userId);
}

/** Not those that were refused. */
function waiting(db: Kysely<WorkspaceTables>) {
  return db.selectFrom('scheduled_messages').where('refusal', 'is', null);
}

/** Its id is its nonce: what it was scheduled with may be used for a message meanwhile, for which this one would be taken. */
function writingOf({ id, channel_id, thread_id, reply_to_id, text }: Row): Writing {
  return {
    ...{ channelId: channel_id, threadId: thread_id, replyToId: reply_to_id, text, nonce: id },
    ...{ forward: null, attachmentIds: [] },
  };
}

function scheduledOf({
  id,
  channel_id,
  thread_id,
  reply_to_id,
  text,
  send_at,
  refusal,
}: Row): ScheduledMessage {
  return { id, channel_id, thread_id, reply_to_id, text, send_at: send_at.toISOString(), refusal };
}

/** Tells all devices of its author. */
function tell(events: WorkspaceEvent[], row: Row): ScheduledMessage {
  const scheduled = scheduledOf(row);
  const audience = { userIds: [row.author_id] };
  events.push({ type: 'scheduled_changed', payload: { id: row.id, scheduled }, audience });
  return scheduled;
}

function gone(userId: string, id: string): WorkspaceEvent {
  return { type: 'scheduled_changed', payload: { id, scheduled: null }, audience: { userIds: [userId] } };
}

function notThere(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such scheduled message.');
}
