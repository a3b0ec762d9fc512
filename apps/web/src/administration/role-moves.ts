import type { Role } from '@parley/contract';
import type { Drop } from './row-dragging.js';

/**
 * Right above which role another one is put by a step; undefined where there is no further.
 *
 * @param roles of the community, the highest first, @everyone last.
 * @param rank of who moves it: nobody moves a role to where they stand themselves, or above.
 */
export function roleStep(
  roles: readonly Role[],
  id: string,
  { step, rank }: { step: 'up' | 'down'; rank: number },
): string | undefined {
  const at = roles.findIndex((role) => role.id === id);
  const above = roles[step === 'up' ? at - 1 : at + 2];
  return above !== undefined && above.position < rank ? above.id : undefined;
}

/** The same for a role that is dropped on another. */
export function roleDrop(
  roles: readonly Role[],
  { draggedId, targetId, half }: Drop,
  rank: number,
): string | undefined {
  const others = roles.filter(({ id }) => id !== draggedId);
  const at = others.findIndex(({ id }) => id === targetId);
  const above = others[half === 'upper' ? at : at + 1];
  const dragged = roles.find(({ id }) => id === draggedId);
  if (draggedId === targetId || dragged === undefined || above === undefined) return undefined;
  return dragged.position > 0 && dragged.position < rank && above.position < rank ? above.id : undefined;
}
