import MarkdownIt, { type StateInline } from 'markdown-it';

const ENABLED = [
  ...['backticks', 'fence', 'blockquote', 'list', 'emphasis', 'strikethrough'],
  ...['link', 'autolink', 'linkify', 'escape', 'newline', 'table'],
];
const WEB_ADDRESS = /^https?:\/\//iu;
const MENTION = /<(@&?|#)([\da-f-]{36})>/uy;
/** What begins nothing; like markdown-it's own, with the sign of spoilers among the signs. */
const PLAIN = /[^\n!#$%&*+\-:<=>@[\\\]^_`{|}~]+/uy;

/** Markdown as people type it in a conversation: no HTML, headings or pictures. */
const markdown = new MarkdownIt('zero', { html: false, linkify: true, breaks: true }).enable(ENABLED);
markdown.validateLink = (address) => WEB_ADDRESS.test(address);
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.inline.ruler.at('text', plain);
markdown.inline.ruler.before('autolink', 'mention', mention);
markdown.inline.ruler.push('spoiler', spoiler);

export function parseMarkdown(text: string) {
  return markdown.parse(text, {});
}

export type MarkdownToken = ReturnType<typeof parseMarkdown>[number];

function plain(state: StateInline, silent: boolean): boolean {
  PLAIN.lastIndex = state.pos;
  const found = PLAIN.exec(state.src)?.[0].slice(0, state.posMax - state.pos);
  if (found === undefined) return false;
  if (!silent) state.pending += found;
  state.pos += found.length;
  return true;
}

/** `<@id>`, `<@&id>` and `<#id>`: a person, a role, a channel. */
function mention(state: StateInline, silent: boolean): boolean {
  MENTION.lastIndex = state.pos;
  const found = MENTION.exec(state.src);
  if (found === null) return false;
  const [whole, sign = '', id = ''] = found;
  if (!silent) {
    const token = state.push('mention', '', 0);
    token.content = whole;
    token.info = sign;
    token.attrSet('id', id);
  }
  state.pos += whole.length;
  return true;
}

/** `||what one does not want to know yet||` */
function spoiler(state: StateInline, silent: boolean): boolean {
  const begin = state.pos + 2;
  if (!state.src.startsWith('||', state.pos)) return false;
  const end = state.src.indexOf('||', begin);
  if (end <= begin || end + 2 > state.posMax) return false;
  if (!silent) {
    const { posMax } = state;
    state.push('spoiler_open', '', 1);
    state.pos = begin;
    state.posMax = end;
    state.md.inline.tokenize(state);
    state.push('spoiler_close', '', -1);
    state.posMax = posMax;
  }
  state.pos = end + 2;
  return true;
}
