import type { Transaction } from 'kysely';
import { ownAttachments } from '../files/attaching.js';
import type { AttachmentRow } from '../files/attachment-rows.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';
import { demand, openChannel } from './open-channel.js';
import { requireMessage } from './require-message.js';
import type { MessageAddress } from './require-message.js';

export interface Original {
  id: string;
  text: string;
  attachments: AttachmentRow[];
}

/**
 * What somebody passes on, which they have to be allowed to read. Of a message that only passes another on, that other. It
 * is held, so that it is not deleted before its text can be found where it was passed on to.
 */
export async function takeForward(
  trx: Transaction<WorkspaceTables>,
  { userId, from, now }: { userId: string; from: MessageAddress; now: number },
): Promise<Original> {
  demand(await openChannel(trx, { userId, channelId: from.channelId, now }), 'read_history', 'read messages');
  const { id, text } = await requireMessage(trx, from, { hold: 'stay', field: 'from' });
  const attachments = await ownAttachments(trx, id);
  if (text !== '' || attachments.length > 0) return { id, text, attachments };
  const inner = await trx
    .selectFrom('forwards as f')
    .innerJoin('messages as m', 'm.id', 'f.original_id')
    .select(['m.id', 'm.deleted_at', 'f.text'])
    .where('f.message_id', '=', id)
    .forShare('m')
    .executeTakeFirst();
  if (inner?.deleted_at !== null) {
    throw new WorkspaceError('not_found', 'What this message passes on is deleted.', { field: 'from' });
  }
  return { id: inner.id, text: inner.text, attachments: await ownAttachments(trx, inner.id) };
}
