import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { firstIdAt, timeOfId } from '../ids.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';
import type { OpenChannel } from './open-channel.js';

/**
 * What one person writes in one channel comes one after another, from however many devices: so a nonce is looked for, and
 * slow mode judged, with nothing of theirs in between. Their turn lasts until the transaction ends.
 */
export async function awaitTurn(
  trx: Transaction<WorkspaceTables>,
  userId: string,
  channelId: string,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${userId} ${channelId}`}, 0))`.execute(trx);
}

/** Refuses whoever wrote in the channel too short a time ago, in a thread or not. */
export async function checkSlowMode(
  trx: Transaction<WorkspaceTables>,
  { channel, permissions, subject }: OpenChannel,
  now: number,
): Promise<void> {
  const pause = channel.slow_mode * 1000;
  if (pause === 0 || permissions.has('bypass_slow_mode')) return;
  const last = await trx
    .selectFrom('messages')
    .select('id')
    .where('author_id', '=', subject.userId)
    .where('channel_id', '=', channel.id)
    .where('id', '>=', firstIdAt(now - pause + 1))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return;
  throw new WorkspaceError('slow_mode', `Slow mode: one message in ${channel.slow_mode} seconds.`, {
    remedy: 'Wait a moment, then send it again.',
    retryAfter: timeOfId(last.id) + pause - now,
  });
}
