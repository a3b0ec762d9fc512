import type { Place } from './places.js';

/** One step through a list that has no end; from nowhere to its first or last. */
export function neighbour(
  places: readonly Place[],
  here: string | undefined,
  step: 1 | -1,
): Place | undefined {
  const at = places.findIndex(({ key }) => key === here);
  if (at === -1) return step === 1 ? places[0] : places.at(-1);
  return places[(at + step + places.length) % places.length];
}

/** The next one after `here` that is wanted, round the end; undefined where there is none but oneself. */
export function nextWanted(
  places: readonly Place[],
  here: string | undefined,
  { step, isWanted }: { step: 1 | -1; isWanted: (place: Place) => boolean },
): Place | undefined {
  const at = places.findIndex(({ key }) => key === here);
  const after = [...places.slice(at + 1), ...places.slice(0, Math.max(at, 0))];
  return (step === 1 ? after : after.toReversed()).find(isWanted);
}
