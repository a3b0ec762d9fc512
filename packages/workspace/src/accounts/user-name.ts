/** Characters of a user name. */
export const USER_NAME_LENGTH = { least: 2, most: 32 };

export type UserNameMistake = 'length' | 'characters' | 'ends' | 'scripts' | 'reserved';

/** A name that may be taken, or what is wrong with it. */
export type UserName = { name: string; key: string } | { mistake: UserNameMistake };

/** What a mention means something else with, or what people would take for the server itself. */
const RESERVED: ReadonlySet<string> = new Set(
  ['all', 'channel', 'everyone', 'here', 'me', 'parley', 'system'].map(userNameKey),
);

/** Letters of one name come from one of these: of several scripts they could imitate another name (UTS 39, 5.1). */
const SCRIPTS = [
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Latin}]*$/u,
  /^[\p{sc=Han}\p{sc=Hangul}\p{sc=Latin}]*$/u,
  /^[\p{sc=Han}\p{sc=Bopomofo}\p{sc=Latin}]*$/u,
];

/**
 * What two user names are compared by, and must be unique: compatibility forms and upper case make no difference. Upper
 * case comes first, as `ß` and `SS`, `ς` and `σ` are the same there (full case folding, Unicode 3.13).
 */
export function userNameKey(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/**
 * A user name as people write it in mentions: letters and digits of any one script, with single `.`, `_` and `-` between
 * them. The name comes out in form NFKC.
 */
export function parseUserName(spelled: string): UserName {
  // Nothing of such a length becomes a name; normalizing makes it up to 18 times as long.
  if (spelled.length > 4 * USER_NAME_LENGTH.most) return { mistake: 'length' };
  const name = spelled.normalize('NFKC').trim();
  const key = userNameKey(name);
  const length = Math.max(Array.from(name).length, Array.from(key).length);
  if (length < USER_NAME_LENGTH.least || length > USER_NAME_LENGTH.most) return { mistake: 'length' };
  if (!/^[\p{L}\p{M}\p{Nd}._-]+$/u.test(name)) return { mistake: 'characters' };
  if (
    !/^[\p{L}\p{Nd}]/u.test(name) ||
    /[._-]$/.test(name) ||
    /[._-]{2}/.test(name) ||
    /\p{M}{3}/u.test(name)
  ) {
    return { mistake: 'ends' };
  }
  if (!isOfOneScript(name)) return { mistake: 'scripts' };
  return RESERVED.has(key) ? { mistake: 'reserved' } : { name, key };
}

function isOfOneScript(name: string): boolean {
  const letters = name.replaceAll(/[^\p{L}]|[\p{sc=Common}\p{sc=Inherited}]/gu, '');
  if (SCRIPTS.some((scripts) => scripts.test(letters))) return true;
  const [first = ''] = letters;
  const script = SINGLE_SCRIPTS.find((one) => one.test(first));
  return script !== undefined && Array.from(letters).every((letter) => script.test(letter));
}

const SINGLE_SCRIPTS = [
  ...['Arabic', 'Armenian', 'Bengali', 'Cyrillic', 'Devanagari', 'Ethiopic', 'Georgian', 'Greek', 'Gujarati'],
  ...['Gurmukhi', 'Hebrew', 'Kannada', 'Khmer', 'Lao', 'Malayalam', 'Myanmar', 'Oriya', 'Sinhala', 'Tamil'],
  ...['Telugu', 'Thaana', 'Thai', 'Tibetan'],
].map((script) => new RegExp(`^\\p{sc=${script}}$`, 'u'));
