import type { TileModel } from './tiles.js';

/**
 * The order of a strip: other shared screens, who presents, who spoke last, then by joining; oneself last. What does
 * not fit is at the end of it.
 */
export function stripOrder(tiles: readonly TileModel[], spoke: readonly string[]): TileModel[] {
  const rank = rankOf(spoke);
  const placeOf = ({ source, participant }: TileModel) => {
    if (participant.isLocal) return source === 'screen' ? 0 : 4;
    if (source === 'screen') return 1;
    return participant.isSharing ? 2 : 3;
  };
  return tiles.toSorted((a, b) => placeOf(a) - placeOf(b) || rank(a) - rank(b));
}

/**
 * The order of a grid of several pages: who spoke last is on the first page, in the place of somebody who was silent
 * for longer. Everybody else stays where joining put them.
 */
export function gridOrder(
  tiles: readonly TileModel[],
  firstPage: number,
  spoke: readonly string[],
): readonly TileModel[] {
  if (tiles.length <= firstPage) return tiles;
  const rank = rankOf(spoke);
  const isFixed = ({ source, participant }: TileModel) => source === 'screen' || participant.isLocal;
  const byVoice = tiles.toSorted((a, b) => Number(isFixed(b)) - Number(isFixed(a)) || rank(a) - rank(b));
  const chosen = new Set(byVoice.slice(0, firstPage));
  const first = tiles.slice(0, firstPage);
  // The one heard longest ago is put in first, into the last place: who comes after them moves nobody.
  const arriving = byVoice.filter((tile) => chosen.has(tile) && !first.includes(tile)).reverse();
  const shown = first
    .toReversed()
    .map((tile) => (chosen.has(tile) ? tile : (arriving.shift() ?? tile)))
    .reverse();
  return [...shown, ...tiles.filter((tile) => !chosen.has(tile))];
}

function rankOf(spoke: readonly string[]): (tile: TileModel) => number {
  const ranks = new Map(spoke.map((identity, index) => [identity, index]));
  return ({ participant }) => ranks.get(participant.identity) ?? spoke.length;
}
