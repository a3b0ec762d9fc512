import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../schema/tables.js';

/** What hangs on a message, and goes with its text. */
const PARTS = [
  ...(['message_versions', 'message_mentions', 'reactions', 'pins', 'saved_messages'] as const),
  'attachments',
] as const;

/**
 * Takes the text of a message away, wherever it is: what it said before, and what was passed on of it. An empty row stays,
 * so that its nonce is used and its thread goes on. It has to be held.
 */
export async function eraseMessage(
  trx: Transaction<WorkspaceTables>,
  messageId: string,
  now: number,
): Promise<void> {
  await trx
    .updateTable('messages')
    .set({ text: '', search: '', has_link: false, mentions_everyone: null, deleted_at: new Date(now) })
    .where('id', '=', messageId)
    .execute();
  for (const part of PARTS) await trx.deleteFrom(part).where('message_id', '=', messageId).execute();
  await trx.deleteFrom('forwards').where('message_id', '=', messageId).execute();
  await trx.updateTable('forwards').set({ text: '' }).where('original_id', '=', messageId).execute();
}
