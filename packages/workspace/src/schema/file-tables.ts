import type { ColumnType, Generated } from 'kysely';

/** What `files-schema.ts` makes. */
export interface FileTables {
  blobs: BlobTable;
  uploads: UploadTable;
  upload_parts: UploadPartTable;
  attachments: AttachmentTable;
}

type Fixed<Type> = ColumnType<Type, Type, never>;

export interface BlobTable {
  id: Fixed<string>;
  size: Fixed<number>;
  /** When it is to be looked whether something refers to it; null while something does. */
  check_at: Date | null;
}

/** What is not yet there as a whole. */
export interface UploadTable {
  /** That of the attachment that it becomes. */
  id: Fixed<string>;
  user_id: Fixed<string>;
  channel_id: Fixed<string>;
  name: Fixed<string>;
  alt: Fixed<string>;
  size: Fixed<number>;
  received: Generated<number>;
  voice_ms: Fixed<number | null>;
  voice_wave: Fixed<number[] | null>;
  expires_at: Date;
}

export interface UploadPartTable {
  upload_id: Fixed<string>;
  /** Where it begins. */
  position: Fixed<number>;
  blob_id: Fixed<string>;
}

export interface AttachmentTable {
  id: Fixed<string>;
  /** Who uploaded it, or passed it on; null where the account is gone. */
  user_id: Fixed<string | null>;
  channel_id: Fixed<string>;
  /** Null until it is sent. */
  message_id: string | null;
  /** Among those of its message. */
  position: number;
  /** What it is a copy of, where its message passes another on. */
  copied_from: Fixed<string | null>;
  blob_id: Fixed<string>;
  thumbnail_id: Fixed<string | null>;
  name: Fixed<string>;
  type: Fixed<string>;
  size: Fixed<number>;
  width: Fixed<number | null>;
  height: Fixed<number | null>;
  alt: Fixed<string>;
  voice_ms: Fixed<number | null>;
  voice_wave: Fixed<number[] | null>;
  created_at: Fixed<Date>;
}
