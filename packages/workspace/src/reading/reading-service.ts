import type { UnreadChannel, UnreadCounts } from '@parley/contract';
import type { Kysely } from 'kysely';
import { seenChannelIds } from '../channels/seen-channels.js';
import type { Change } from '../communities/visit.js';
import { FloodGate } from '../flood-gate.js';
import type { FloodLimits } from '../flood-gate.js';
import { messagesIn } from '../messages/message-page.js';
import type { MessagePlace } from '../messages/message-page.js';
import { inChannel } from '../messages/open-channel.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { moveReadMark } from './read-marks.js';
import { loadUnread, loadUnreadThreads } from './unread-queries.js';

/** Of one person, everywhere. */
const MARKS: FloodLimits = { burst: 50, interval: 200 };
/** Below every id. */
const NOTHING_READ = '00000000-0000-0000-0000-000000000000';

/** Up to where people have read, the same on all of their devices. */
export class ReadingService {
  readonly gate = new FloodGate('mark as read', MARKS);
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Who has read further stays there. In a thread that one does not follow nothing is kept. */
  async read(userId: string, place: MessagePlace, messageId: string): Promise<void> {
    this.gate.pass(userId, this.#options.now());
    await inChannel(this.#options, { userId, channelId: place.channelId }, async (visit) => {
      const { trx } = visit;
      await requireIn(trx, place, messageId);
      if (place.threadId !== null && !(await follows(trx, userId, place.threadId))) return;
      await moveReadMark(trx, { ...place, userId, lastReadId: messageId });
      await tell(visit, userId, place);
    });
  }

  /** This message and what came after it is new again. */
  async unreadFrom(userId: string, place: MessagePlace, messageId: string): Promise<void> {
    this.gate.pass(userId, this.#options.now());
    await inChannel(this.#options, { userId, channelId: place.channelId }, async (visit) => {
      const { trx } = visit;
      await requireIn(trx, place, messageId);
      const before = await messagesIn(trx, place)
        .where('id', '<', messageId)
        .orderBy('thread_id', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      await moveReadMark(trx, { ...place, userId, lastReadId: before?.id ?? NOTHING_READ }, 'either way');
      await tell(visit, userId, place);
    });
  }

  /** Of every channel and conversation that they see. */
  async unread(userId: string): Promise<UnreadChannel[]> {
    const { db, now } = this.#options;
    const channelIds = await seenChannelIds(db, { userId, now: now(), action: 'view_channel' });
    return loadUnread(db, { userId, channelIds });
  }
}

/** Tells all devices of who has read. */
async function tell(
  { trx, events }: Change,
  userId: string,
  { channelId, threadId }: MessagePlace,
): Promise<void> {
  const counts =
    threadId === null
      ? (await loadUnread(trx, { userId, channelIds: [channelId] }))[0]
      : (await loadUnreadThreads(trx, { userId, threadIds: [threadId] })).get(threadId);
  if (counts === undefined) return;
  const { last_read_id, unread, mentions }: UnreadCounts = counts;
  const payload = { channel_id: channelId, thread_id: threadId, last_read_id, unread, mentions };
  events.push({ type: 'reading_changed', payload, audience: { userIds: [userId] } });
}

/** Also of one that was deleted meanwhile. */
async function requireIn(
  trx: Kysely<WorkspaceTables>,
  place: MessagePlace,
  messageId: string,
): Promise<void> {
  const found = await messagesIn(trx, place).where('id', '=', messageId).executeTakeFirst();
  if (found === undefined) {
    throw new WorkspaceError('not_found', 'There is no such message here.', { field: 'message_id' });
  }
}

async function follows(db: Kysely<WorkspaceTables>, userId: string, threadId: string): Promise<boolean> {
  const row = await db
    .selectFrom('thread_follows')
    .select('thread_id')
    .where('user_id', '=', userId)
    .where('thread_id', '=', threadId)
    .executeTakeFirst();
  return row !== undefined;
}
