/** So many bars fit beside each other on a phone. */
const BARS = 48;

/** How loud it was on the way, in bars from 0 to 100, from measurements that are taken at even times. The loudest is 100. */
export function waveForm(levels: readonly number[]): number[] {
  const count = Math.min(BARS, levels.length);
  const bars = Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count));
    return Math.max(...levels.slice(from, to));
  });
  const loudest = Math.max(...bars, Number.EPSILON);
  return bars.map((level) => Math.round((100 * level) / loudest));
}
