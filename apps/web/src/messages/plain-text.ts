import { parseMarkdown, type MarkdownToken } from './markdown.js';
import type { MentionName } from './message-text.js';

export interface PlainTextOptions {
  nameOf: MentionName;
  /** Stands for what is covered. */
  hidden: string;
  /** Most characters. */
  length: number;
}

/** A message as one line of words, without what formats it. */
export function plainText(text: string, { nameOf, hidden, length }: PlainTextOptions): string {
  const words = wordsIn(parseMarkdown(text), nameOf, hidden).replaceAll(/\s+/gu, ' ').trim();
  const characters = Array.from(words);
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : words;
}

function wordsIn(tokens: readonly MarkdownToken[], nameOf: MentionName, hidden: string): string {
  let words = '';
  let covered = 0;
  for (const token of tokens) {
    if (token.type === 'spoiler_open') {
      if (covered === 0) words += hidden;
      covered += 1;
    } else if (token.type === 'spoiler_close') covered -= 1;
    else if (covered > 0) continue;
    else if (token.children !== null && token.type === 'inline')
      words += wordsIn(token.children, nameOf, hidden);
    else if (token.type === 'mention') {
      const name = nameOf(token.info, String(token.attrGet('id')));
      words += name === undefined ? token.content : token.info.charAt(0) + name;
    } else if (token.type === 'softbreak' || token.type === 'hardbreak') words += ' ';
    else if (token.nesting === 0) words += token.content;
    else if (token.block && token.nesting === -1) words += ' ';
  }
  return words;
}
