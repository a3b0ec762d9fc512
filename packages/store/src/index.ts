export { Database, type DatabaseOptions } from './database.js';
export { DatabaseError, DatabaseUnavailable, isFull, isUnavailable } from './database-error.js';
export { EmbeddedDialect, type EmbeddedSessions } from './embedded/embedded-dialect.js';
export { PreparedStatements } from './embedded/prepared-statements.js';
export { Turns } from './embedded/turns.js';
export { migrate } from './migrate.js';
export { outboxMigration } from './outbox/outbox-migration.js';
export {
  appendToOutbox,
  endOfOutbox,
  OUTBOX_START,
  readOutbox,
  sweepOutbox,
  type OutboxEntry,
  type OutboxPosition,
} from './outbox/outbox.js';
export { BlobMissing, BlobsUnavailable, type BlobStore, type ByteRange } from './blobs/blob-store.js';
export { DiskBlobs } from './blobs/disk-blobs.js';
export { S3Blobs } from './blobs/s3-blobs.js';
export { type S3Options } from './blobs/s3-client.js';
