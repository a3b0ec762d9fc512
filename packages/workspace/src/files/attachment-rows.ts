import type { Attachment } from '@parley/contract';
import type { Kysely, Selectable } from 'kysely';
import type { AttachmentTable } from '../schema/file-tables.js';
import type { WorkspaceTables } from '../schema/tables.js';

export type AttachmentRow = Selectable<AttachmentTable>;

/** Of these messages, in their order. Of a message that passes another on also copies of what the other has. */
export function loadAttachments(
  db: Kysely<WorkspaceTables>,
  messageIds: readonly string[],
): Promise<AttachmentRow[]> {
  return db
    .selectFrom('attachments')
    .selectAll()
    .where('message_id', 'in', messageIds)
    .orderBy('message_id')
    .orderBy('position')
    .execute();
}

/** As the API shows it. */
export function attachmentOf(row: AttachmentRow): Attachment {
  const { id, name, type, size, width, height, thumbnail_id, alt, voice_ms, voice_wave } = row;
  const voice = voice_ms === null || voice_wave === null ? null : { duration_ms: voice_ms, wave: voice_wave };
  return { id, name, type, size, width, height, thumbnail: thumbnail_id !== null, alt, voice };
}
