import type { CommunityChannelRow } from './channel-rows.js';

export interface ChannelPlacement {
  id: string;
  category_id: string | null;
  position: number;
}

/**
 * Where channels stand after one of them was moved; those that stay where they are are left out.
 *
 * @param rows all channels of the community.
 * @param to the category, and the channel there before which it comes; null for behind all.
 */
export function placementsAfterMove(
  rows: readonly CommunityChannelRow[],
  movedId: string,
  to: { categoryId: string | null; beforeId: string | null },
): ChannelPlacement[] {
  const inOrder = [...rows].sort((one, other) => one.position - other.position);
  const ids = inOrder.map(({ id }) => id).filter((id) => id !== movedId);
  const at = to.beforeId === null ? -1 : ids.indexOf(to.beforeId);
  ids.splice(at === -1 ? ids.length : at, 0, movedId);
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id, position) => {
    const row = rowOf.get(id);
    if (row === undefined) return [];
    const category_id = id === movedId ? to.categoryId : row.category_id;
    return row.position === position && row.category_id === category_id ? [] : { id, category_id, position };
  });
}
