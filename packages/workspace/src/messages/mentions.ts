import { withoutCode } from './code-spans.js';

/** Whom a text calls, as its author wrote it; who may be called is judged elsewhere. */
export interface WrittenMentions {
  userIds: string[];
  roleIds: string[];
  everyone: 'here' | 'channel' | null;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const TOKEN = new RegExp(`\\\\.|<@(&?)(${UUID})>`, 'gs');
/** Not inside of a word: an address of electronic mail calls nobody. */
const EVERYONE = /\\.|(?<![\p{L}\p{N}_.-])@(here|channel|everyone)(?![\p{L}\p{N}_-])/gsu;

/** `<@id>` is a person, `<@&id>` a role. What stands in code, or behind a backslash, is text. */
export function parseMentions(text: string): WrittenMentions {
  const prose = withoutCode(text);
  const userIds = new Set<string>();
  const roleIds = new Set<string>();
  for (const [, role, id] of prose.matchAll(TOKEN)) {
    if (id !== undefined) (role === '&' ? roleIds : userIds).add(id);
  }
  const words = new Set([...prose.matchAll(EVERYONE)].map(([, word]) => word));
  const wide = words.has('channel') || words.has('everyone');
  return {
    userIds: [...userIds],
    roleIds: [...roleIds],
    everyone: wide ? 'channel' : words.has('here') ? 'here' : null,
  };
}
