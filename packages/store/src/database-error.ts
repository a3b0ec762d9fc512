import { BlobsUnavailable } from './blobs/blob-store.js';

/** What PostgreSQL says of a statement that it refused, from either engine (PostgreSQL, Error and Notice Message Fields). */
export interface RefusalFields {
  message: string;
  /** SQLSTATE, such as `23505`. */
  code: string;
  detail?: string | undefined;
  table?: string | undefined;
  column?: string | undefined;
  constraint?: string | undefined;
}

/** A statement that the embedded database refused. Has the fields that errors of `pg` have. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: string;
  readonly detail: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;

  constructor({ message, code, detail, table, column, constraint }: RefusalFields) {
    super(message);
    this.code = code;
    this.detail = detail;
    this.table = table;
    this.column = column;
    this.constraint = constraint;
  }
}

/** There is no database to ask at the moment: nothing is known of what the statement did. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** Connections that broke, a server that shuts down or starts up, or has no place for one more. */
const UNAVAILABLE = /^(08...|57P0[123]|53300)$/;
const NETWORK: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);
/** `pg` has no codes for these. */
const TEXTS = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

/** Whether the same may succeed a moment later, since only the database, or the place of blobs, was not there. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable || error instanceof BlobsUnavailable) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && (UNAVAILABLE.test(code) || NETWORK.has(code))) return true;
  // A server on this machine whose socket is not there.
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return true;
  return TEXTS.test(error.message);
}

/** Disk or quota full (class 53 without too many connections). */
export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '53100' || error.code === 'ENOSPC');
}
