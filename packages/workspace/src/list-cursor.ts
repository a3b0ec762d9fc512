import { WorkspaceError } from './workspace-error.js';

/** How much of a list is asked for. */
export interface ListPart {
  /** Absent: from the beginning. */
  cursor?: string | undefined;
  limit: number;
}

/** Where the next page begins: behind this key. Clients only send it back. */
export function cursorBehind(key: string): string {
  return Buffer.from(key).toString('base64url');
}

/** The key behind which the page begins; empty at the beginning. Throws `invalid` for what was no cursor of ours. */
export function keyOfCursor(cursor: string | undefined): string {
  if (cursor === undefined) return '';
  const key = Buffer.from(cursor, 'base64url').toString();
  if (cursorBehind(key) === cursor && !key.includes('\0')) return key;
  throw new WorkspaceError('invalid', 'This cursor is none that was given.', {
    field: 'cursor',
    remedy: 'Leave it out, to begin at the beginning.',
  });
}

/** A page of rows, of which one more than the limit was asked for. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
): { page: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, next: rows.length > limit && last !== undefined ? cursorBehind(keyOf(last)) : null };
}
