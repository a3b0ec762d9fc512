export { Database, type DatabaseOptions } from './database.js';
export { DatabaseError, DatabaseUnavailable, isFull, isUnavailable } from './database-error.js';
export { EmbeddedDialect, type EmbeddedSessions } from './embedded/embedded-dialect.js';
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
