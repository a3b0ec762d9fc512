import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../schema/tables.js';
import { AccountError } from './account-error.js';
import { PASSWORD_LENGTH, passwordMistake } from './password.js';
import type { PasswordHasher, PasswordMistake } from './password.js';
import { parseUserName, USER_NAME_LENGTH } from './user-name.js';
import type { UserNameMistake } from './user-name.js';

export interface Credentials {
  userName: string;
  password: string;
}

/** A name and a password that were found to be good. */
export interface PreparedAccount {
  name: string;
  key: string;
  passwordHash: string;
}

const NAME_REMEDIES: Record<UserNameMistake, string> = {
  length: `Choose a name of ${USER_NAME_LENGTH.least} to ${USER_NAME_LENGTH.most} characters.`,
  characters: 'Use letters, digits, ".", "_" and "-" only.',
  ends: 'Begin and end with a letter or digit, with one ".", "_" or "-" at a time between them.',
  scripts: 'Use letters of one script only.',
  reserved: 'This name means something else here: choose another.',
};

const PASSWORD_REMEDIES: Record<PasswordMistake, string> = {
  short: `Choose a password of at least ${PASSWORD_LENGTH.least} characters; a few words do well.`,
  long: `Choose a password of at most ${PASSWORD_LENGTH.most} characters.`,
  guessable: 'Choose a password that is harder to guess; a few words do well.',
};

/** Checks a name and a password, and hashes it: before any transaction, which would wait for the hash. */
export async function prepareAccount(
  { userName, password }: Credentials,
  hasher: PasswordHasher,
): Promise<PreparedAccount> {
  const parsed = parseUserName(userName);
  if ('mistake' in parsed) {
    throw new AccountError('invalid_user_name', 'This name cannot be taken.', {
      field: 'user_name',
      reason: parsed.mistake,
      remedy: NAME_REMEDIES[parsed.mistake],
    });
  }
  checkPassword(password, parsed.name, 'password');
  return { ...parsed, passwordHash: await hasher.hash(password) };
}

/** Throws an AccountError that names the field. */
export function checkPassword(password: string, userName: string, field: string): void {
  const mistake = passwordMistake(password, userName);
  if (mistake === undefined) return;
  throw new AccountError('invalid_password', 'This password does not do.', {
    field,
    reason: mistake,
    remedy: PASSWORD_REMEDIES[mistake],
  });
}

/** Throws an AccountError when the name is taken. */
export async function insertAccount(
  db: Transaction<WorkspaceTables>,
  { name, key, passwordHash }: PreparedAccount,
  { id, now }: { id: string; now: number },
): Promise<void> {
  const row = { id, name, name_key: key, password_hash: passwordHash };
  const inserted = await db
    .insertInto('users')
    .values({ ...row, created_at: new Date(now), banned_at: null })
    .onConflict((conflict) => conflict.column('name_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted !== undefined) return;
  throw new AccountError('user_name_taken', 'Somebody has this name already.', {
    field: 'user_name',
    remedy: 'Choose another name, or sign in if it is you.',
  });
}
