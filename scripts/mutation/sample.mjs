/**
 * So many of the items, drawn by chance, in their own order; the same for the same seed.
 *
 * @template T
 * @param {readonly T[]} items
 * @param {number} count 0 for all.
 * @param {number} seed
 * @returns {T[]}
 */
export function sample(items, count, seed) {
  if (count === 0 || count >= items.length) return [...items];
  const random = mulberry32(seed);
  const order = items.map((_, index) => ({ index, weight: random() }));
  const drawn = order.sort((a, b) => a.weight - b.weight).slice(0, count);
  return drawn.sort((a, b) => a.index - b.index).map(({ index }) => items[index]);
}

/** Tommy Ettinger's generator: numbers from 0 to 1, evenly spread. */
function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
