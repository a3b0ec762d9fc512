const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const CURSOR = new RegExp(`^(${UUID})(?:_(\\d[\\d.e+-]{0,20})_(${UUID}))?$`);

/** Where the next page goes on. */
export interface SearchCursor {
  /** The last one of the page before. */
  id: string;
  /** By relevance: how well that one fitted, as PostgreSQL writes it, and the newest that was there at the beginning. */
  ranked: { rank: string; newestId: string } | undefined;
}

export function cursorText({ id, ranked }: SearchCursor): string {
  return ranked === undefined ? id : `${id}_${ranked.rank}_${ranked.newestId}`;
}

export function parseCursor(text: string): SearchCursor | undefined {
  const [, id, rank, newestId] = CURSOR.exec(text) ?? [];
  if (id === undefined) return undefined;
  if (rank === undefined || newestId === undefined) return { id, ranked: undefined };
  return isFloat4(rank) ? { id, ranked: { rank, newestId } } : undefined;
}

/** PostgreSQL refuses what is too large, and what is so small that nothing is left of it. */
function isFloat4(text: string): boolean {
  const value = Math.fround(Number(text));
  return Number.isFinite(value) && (value !== 0 || text === '0');
}
