export interface ChatMessage {
  id: string;
  identity: string;
  name: string;
  text: string;
  /** Milliseconds since 1970. */
  time: number;
  isOwn: boolean;
  state: 'sent' | 'sending' | 'failed';
}

/** Consecutive messages of one person, shown under one name and time. */
export interface MessageGroup {
  id: string;
  identity: string;
  name: string;
  time: number;
  isOwn: boolean;
  messages: ChatMessage[];
}

export interface TextPart {
  text: string;
  /** Set where the text is a web address. */
  href?: string;
}

/** Most characters of one message; what is longer is refused when sending and cut when received. */
export const MESSAGE_LIMIT = 4000;
/** Most messages kept: the oldest go first. */
export const HISTORY_LIMIT = 500;

const GROUP_WINDOW_MS = 5 * 60_000;
/** Characters that turn the direction of text have no place in an address: a link must lead where it says. */
const ADDRESS = /https?:\/\/[^\s<>"'\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]+/giu;
const PUNCTUATION = '.,;:!?';
const BRACKETS: Partial<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Adds a message, or replaces the one with the same id. */
export function addMessage(messages: readonly ChatMessage[], message: ChatMessage): ChatMessage[] {
  const index = messages.findIndex((other) => other.id === message.id);
  if (index >= 0) return messages.with(index, message);
  return [...messages, message].slice(-HISTORY_LIMIT);
}

export function groupMessages(messages: readonly ChatMessage[]): MessageGroup[] {
  const groups: MessageGroup[] = [];
  for (const message of messages) {
    const group = groups.at(-1);
    const last = group?.messages.at(-1);
    if (
      group !== undefined &&
      last !== undefined &&
      group.identity === message.identity &&
      message.time - last.time < GROUP_WINDOW_MS
    ) {
      group.messages.push(message);
    } else {
      const { id, identity, name, time, isOwn } = message;
      groups.push({ id, identity, name, time, isOwn, messages: [message] });
    }
  }
  return groups;
}

/** Splits a text at its web addresses. Only http and https become links; a full stop after one is not part of it. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const href = withoutTrailing(match[0]);
    if (!URL.canParse(href)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: href, href });
    end = match.index + href.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Without the full stop of the sentence around an address, and the bracket that was opened before it. */
function withoutTrailing(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const opening = BRACKETS[last];
    const closesOwn =
      opening !== undefined && count(address.slice(0, end), opening) >= count(address.slice(0, end), last);
    if (closesOwn || (opening === undefined && !PUNCTUATION.includes(last))) break;
  }
  return address.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** The time of day, in the reader's manner. */
export function formatTime(time: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(time);
}
