import type { Transaction } from 'kysely';
import { newId } from '../ids.js';
import type { RandomBytes } from '../ids.js';
import type { OpenChannel } from '../messages/open-channel.js';
import { demand } from '../messages/open-channel.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';
import type { AttachmentRow } from './attachment-rows.js';

/** Refuses what somebody may not attach here, or what is no upload of theirs for this channel that waits for a message. */
export async function demandAttachments(
  trx: Transaction<WorkspaceTables>,
  open: OpenChannel,
  attachmentIds: readonly string[],
): Promise<void> {
  if (attachmentIds.length === 0) return;
  const rows = await trx
    .selectFrom('attachments')
    .select('voice_ms')
    .where('id', 'in', attachmentIds)
    .where('user_id', '=', open.subject.userId)
    .where('channel_id', '=', open.id)
    .where('message_id', 'is', null)
    .forUpdate()
    .execute();
  if (rows.length !== attachmentIds.length) {
    throw new WorkspaceError('invalid', 'A file of the message is not there, or was sent before.', {
      field: 'attachment_ids',
      remedy: 'Upload it again.',
    });
  }
  if (rows.some(({ voice_ms }) => voice_ms === null)) demand(open, 'attach_files', 'attach files');
  if (rows.some(({ voice_ms }) => voice_ms !== null)) {
    demand(open, 'send_voice_messages', 'send voice messages');
  }
}

export async function attach(
  trx: Transaction<WorkspaceTables>,
  messageId: string,
  attachmentIds: readonly string[],
): Promise<void> {
  for (const [position, id] of attachmentIds.entries()) {
    await trx
      .updateTable('attachments')
      .set({ message_id: messageId, position })
      .where('id', '=', id)
      .execute();
  }
}

/** Files that a message itself has, and not one that it passes on. */
export function ownAttachments(
  trx: Transaction<WorkspaceTables>,
  messageId: string,
): Promise<AttachmentRow[]> {
  return trx
    .selectFrom('attachments')
    .selectAll()
    .where('message_id', '=', messageId)
    .where('copied_from', 'is', null)
    .orderBy('position')
    .execute();
}

/** Copies share the bytes, and go with what they were copied from. */
export async function copyAttachments(
  trx: Transaction<WorkspaceTables>,
  originals: readonly AttachmentRow[],
  to: { userId: string; channelId: string; messageId: string; now: number; random: RandomBytes },
): Promise<void> {
  if (originals.length === 0) return;
  const { userId: user_id, channelId: channel_id, messageId: message_id, now, random } = to;
  const rows = originals.map((original) => ({
    ...original,
    ...{ id: newId(now, random), copied_from: original.id, user_id, channel_id, message_id },
    created_at: new Date(now),
  }));
  await trx.insertInto('attachments').values(rows).execute();
}
