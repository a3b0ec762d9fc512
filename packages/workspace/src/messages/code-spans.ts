const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Markdown without its code (CommonMark 4.5 and 6.1): fenced blocks to their end or the text's, and spans between as many
 * backticks. A space is left in place of each.
 */
export function withoutCode(text: string): string {
  return withoutSpans(withoutBlocks(text));
}

function withoutBlocks(text: string): string {
  const prose: string[] = [];
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const [, marks] = FENCE.exec(line) ?? [];
    if (fence === undefined) {
      // A line such as ```code``` is a span.
      const opens =
        marks !== undefined && !(marks.startsWith('`') && line.trimStart().slice(marks.length).includes('`'));
      if (opens) fence = marks;
      prose.push(opens ? ' ' : line);
    } else if (marks?.startsWith(fence) === true && line.trim() === marks) fence = undefined;
  }
  return prose.join('\n');
}

function withoutSpans(text: string): string {
  const ofLength = new Map<number, number[]>();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    ofLength.set(run.length, [...(ofLength.get(run.length) ?? []), index]);
  }
  let prose = '';
  let end = 0;
  for (const { 0: piece, index } of text.matchAll(/\\.|`+|[^\\`]+|\\/gs)) {
    if (index < end) continue;
    const closing = piece.startsWith('`') && ofLength.get(piece.length)?.find((at) => at > index);
    prose += typeof closing === 'number' ? ' ' : piece;
    end = typeof closing === 'number' ? closing + piece.length : index + piece.length;
  }
  return prose;
}
