import type { Kysely } from 'kysely';
import { loadActor } from '../communities/access-queries.js';
import { insertCommunity } from '../communities/new-community.js';
import { newId } from '../ids.js';
import type { RandomBytes } from '../ids.js';
import { INSTANCE, permissionsIn } from '../permissions/index.js';
import type { Action } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { AccountError } from './account-error.js';
import { checkPassword, insertAccount, prepareAccount } from './new-account.js';
import type { Credentials } from './new-account.js';
import type { PasswordHasher } from './password.js';
import type { Account, Device, SessionService } from './session-service.js';
import type { SignInThrottle } from './sign-in-throttle.js';
import { userNameKey } from './user-name.js';

export interface AccountServiceOptions {
  db: Kysely<WorkspaceTables>;
  sessions: SessionService;
  hasher: PasswordHasher;
  throttle: SignInThrottle;
  /** Milliseconds since 1970. */
  now: () => number;
  random: RandomBytes;
}

export interface SetUp {
  workspaceName: string;
  owner: Credentials;
}

export interface SetUpState {
  done: boolean;
  /** Of the workspace, once there is one. */
  name: string | undefined;
}

/** Setting up, signing in and passwords. */
export class AccountService {
  readonly #options: AccountServiceOptions;

  constructor(options: AccountServiceOptions) {
    this.#options = options;
  }

  async setUpState(): Promise<SetUpState> {
    const row = await this.#options.db.selectFrom('workspace').select('name').executeTakeFirst();
    return { done: row !== undefined, name: row?.name };
  }

  /** Makes the workspace, its owner and a first community, once. Returns the token of the owner's session. */
  async setUp({ workspaceName, owner }: SetUp, device: Device): Promise<string> {
    const { db, sessions, hasher, now: clock, random } = this.#options;
    // A hash for everybody who asks would be dear.
    if ((await this.setUpState()).done) throw alreadySetUp();
    const prepared = await prepareAccount(owner, hasher);
    const now = clock();
    const id = newId(now, random);
    return db.transaction().execute(async (transaction) => {
      const workspace = await transaction
        .insertInto('workspace')
        .values({ name: workspaceName, owner_id: id, created_at: new Date(now) })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (workspace === undefined) throw alreadySetUp();
      await insertAccount(transaction, prepared, { id, now });
      await insertCommunity(transaction, { name: workspaceName, ownerId: id, now, random });
      return sessions.begin(transaction, id, device);
    });
  }

  /** What somebody may do on the instance, outside of communities. */
  async permissionsOf(userId: string): Promise<Action[]> {
    const { db, now } = this.#options;
    return permissionsIn(await loadActor(db, userId), INSTANCE, now()).names();
  }

  /** Returns the token of a new session. */
  async signIn({ userName, password }: Credentials, device: Device): Promise<string> {
    const { db, sessions, hasher } = this.#options;
    const key = userNameKey(userName);
    this.#mayTry(key, device);
    const user = await db
      .selectFrom('users')
      .select(['id', 'password_hash'])
      .where('name_key', '=', key)
      .where('banned_at', 'is', null)
      .executeTakeFirst();
    const right = await hasher.matches(user?.password_hash, password);
    if (!right || user === undefined) {
      throw new AccountError('wrong_credentials', 'Name or password is wrong.', {
        remedy: 'Check both and try again.',
      });
    }
    this.#options.throttle.succeeded({ userNameKey: key, address: device.address });
    return db.transaction().execute((transaction) => sessions.begin(transaction, user.id, device));
  }

  /** Ends all other sessions, since whoever knew the old password may have one. */
  async changePassword(
    { userId, userName, sessionId }: Account,
    { current, next }: { current: string; next: string },
    device: Device,
  ): Promise<void> {
    const { db, sessions, hasher, throttle } = this.#options;
    const userKey = userNameKey(userName);
    checkPassword(next, userName, 'new_password');
    this.#mayTry(userKey, device);
    const { password_hash: stored } = await db
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', userId)
      .executeTakeFirstOrThrow();
    if (!(await hasher.matches(stored, current))) {
      const details = { field: 'current_password', remedy: 'Type the password that you sign in with now.' };
      throw new AccountError('wrong_credentials', 'The current password is wrong.', details);
    }
    throttle.succeeded({ userNameKey: userKey, address: device.address });
    const password_hash = await hasher.hash(next);
    await db.updateTable('users').set({ password_hash }).where('id', '=', userId).execute();
    await sessions.endOthers(userId, sessionId);
  }

  #mayTry(key: string, { address }: Device): void {
    const { throttle, now } = this.#options;
    const retryAfter = throttle.begin({ userNameKey: key, address, now: now() });
    if (retryAfter === 0) return;
    throw new AccountError('too_many_attempts', 'There were too many wrong attempts.', {
      remedy: 'Wait a moment, then try again.',
      retryAfter,
    });
  }
}

function alreadySetUp(): AccountError {
  return new AccountError('already_set_up', 'This workspace is set up already.', {
    remedy: 'Sign in, or ask somebody for an invite.',
  });
}
