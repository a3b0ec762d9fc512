import { hash, verify } from '@node-rs/argon2';
import { userNameKey } from './user-name.js';

/** Characters of a password. The longest is no burden: it is hashed to 32 bytes first. */
export const PASSWORD_LENGTH = { least: 10, most: 256 };

export type PasswordMistake = 'short' | 'long' | 'guessable';

/** argon2id, which is the library's default, as OWASP's password storage cheat sheet has it for a server: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** At once: each takes a core and 19 MiB, and a thread of the pool that reads files. */
const MOST_AT_ONCE = 2;

/** A password as it is hashed: however a keyboard composes its characters (RFC 8265, 4.2). */
function prepared(password: string): string {
  return password.normalize('NFC');
}

/** What is wrong with a password, undefined if nothing is. */
export function passwordMistake(password: string, userName: string): PasswordMistake | undefined {
  const text = prepared(password);
  const { length } = Array.from(text);
  if (length < PASSWORD_LENGTH.least) return 'short';
  if (length > PASSWORD_LENGTH.most) return 'long';
  return isGuessable(text, userName) ? 'guessable' : undefined;
}

/** The first that anybody tries: the user's own name with a few characters, one piece repeated, a run of neighbours. */
function isGuessable(text: string, userName: string): boolean {
  const key = userNameKey(text);
  const rest = key.replaceAll(userNameKey(userName), '');
  if (Array.from(rest).length < PASSWORD_LENGTH.least / 2) return true;
  if (/^(.{1,4}?)\1+.{0,3}$/u.test(key)) return true;
  return (
    RUNS.some((run) => run.includes(key)) || COMMON.some((word) => key.replaceAll(/[\d!.?]/g, '') === word)
  );
}

const RUNS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
];
const COMMON = [
  'password',
  'passwort',
  'letmein',
  'welcome',
  'changeme',
  'administrator',
  'iloveyou',
  'qwerty',
];

/** Hashes passwords and compares them, a few at a time; who waits for longest comes first. */
export class PasswordHasher {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #nobodys: Promise<string> | undefined;

  /** A PHC string with its salt and cost. */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(prepared(password), COST));
  }

  /**
   * Whether a password is the one that was hashed. For who does not exist (`undefined`) it takes as long as for others, so
   * that the time does not tell who does.
   */
  async matches(stored: string | undefined, password: string): Promise<boolean> {
    this.#nobodys ??= this.hash('nobody has this password');
    const against = stored ?? (await this.#nobodys);
    const same = await this.#inTurn(() => verify(against, prepared(password)));
    return same && stored !== undefined;
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= MOST_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      // The place is handed on, so that nobody who comes meanwhile takes it.
      else next();
    }
  }
}
