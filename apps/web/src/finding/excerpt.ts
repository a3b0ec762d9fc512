export interface ExcerptRun {
  text: string;
  /** Whether it was looked for. */
  isMarked: boolean;
}

/** What a mention is called; undefined where it calls nobody. */
type NameOf = (sign: string, id: string) => string | undefined;

const BEFORE = 60;
const LENGTH = 280;
const MENTION = /<(@&|@|#)([0-9a-f-]{36})>/gu;
/** What is typed to format a text, and says nothing here. */
const SIGNS = /\*\*|__|~~|`+|^#{1,3} |^> /gmu;
const COVERED = /\|\|[\s\S]+?\|\|/gu;

/** The part of a text around the first words that were looked for, without what formats it; what it covers stays covered. */
export function excerptOf(
  text: string,
  ranges: readonly (readonly [number, number])[],
  nameOf: NameOf,
): ExcerptRun[] {
  const covered = Array.from(
    text.matchAll(COVERED),
    ({ 0: part, index }) => [index, index + part.length] as const,
  );
  const isCovered = (at: number) => covered.some(([start, end]) => at >= start && at < end);
  const shown = ranges.filter(([start]) => !isCovered(start));
  const from = beginning(text, shown[0]?.[0] ?? 0);
  const until = Math.min(text.length, from + LENGTH);
  const runs: ExcerptRun[] = from > 0 ? [{ text: '… ', isMarked: false }] : [];
  const plain = (start: number, end: number) => {
    const words = text
      .slice(start, end)
      .replaceAll(COVERED, '▮▮▮')
      .replaceAll(MENTION, (whole, sign: string, id: string) => {
        const name = nameOf(sign, id);
        return name === undefined ? whole : `${sign.charAt(0)}${name}`;
      })
      .replaceAll(SIGNS, '');
    if (words !== '') runs.push({ text: words, isMarked: false });
  };
  let at = from;
  for (const [start, end] of shown) {
    if (start < at || end > until) continue;
    plain(at, start);
    runs.push({ text: text.slice(start, end), isMarked: true });
    at = end;
  }
  plain(at, until);
  if (until < text.length) runs.push({ text: ' …', isMarked: false });
  return runs;
}

/** Not in the middle of a word. */
function beginning(text: string, first: number): number {
  if (first <= BEFORE) return 0;
  const space = text.indexOf(' ', first - BEFORE);
  return space === -1 || space >= first ? first : space + 1;
}
