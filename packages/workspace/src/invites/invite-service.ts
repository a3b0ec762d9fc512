import type { Kysely, Transaction } from 'kysely';
import { insertAccount, prepareAccount } from '../accounts/new-account.js';
import type { Credentials } from '../accounts/new-account.js';
import type { PasswordHasher } from '../accounts/password.js';
import type { Device, SessionService } from '../accounts/session-service.js';
import { loadCommunityAccess, loadSubject } from '../communities/access-queries.js';
import { insertMember } from '../communities/new-community.js';
import { newId } from '../ids.js';
import type { RandomBytes } from '../ids.js';
import { permissionsIn, refusalOf } from '../permissions/index.js';
import type { CommunityPlace } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';

export interface InviteWish {
  communityId: string;
  /** Milliseconds; null for ever. */
  lifetime: number | null;
  /** Null for any number. */
  mostUses: number | null;
}

export interface Invite {
  code: string;
  communityId: string;
  communityName: string;
  /** Milliseconds since 1970; null for never. */
  expiresAt: number | null;
}

export interface InviteServiceOptions {
  db: Kysely<WorkspaceTables>;
  sessions: SessionService;
  hasher: PasswordHasher;
  /** Milliseconds since 1970. */
  now: () => number;
  random: RandomBytes;
}

const CODE_BYTES = 12;
const CODE = /^[\w-]{16}$/;

/** Invites to a community, for who has an account and who has none. */
export class InviteService {
  readonly #options: InviteServiceOptions;

  constructor(options: InviteServiceOptions) {
    this.#options = options;
  }

  async create(userId: string, { communityId, lifetime, mostUses }: InviteWish): Promise<Invite> {
    const { db, now: clock, random } = this.#options;
    const now = clock();
    const [subject, community] = [await loadSubject(db, userId), await loadCommunityAccess(db, communityId)];
    if (subject === undefined || community === undefined) throw noCommunity();
    const place: CommunityPlace = { kind: 'community', community };
    const refusal = refusalOf(permissionsIn(subject, place, now), 'create_invites', place);
    if (refusal === 'not_found') throw noCommunity();
    if (refusal !== undefined)
      throw new WorkspaceError(refusal, 'You may not invite people to this community.');
    const code = Buffer.from(random(CODE_BYTES)).toString('base64url');
    await db
      .insertInto('invites')
      .values({
        ...{ code, community_id: communityId, made_by: userId, created_at: new Date(now) },
        expires_at: lifetime === null ? null : new Date(now + lifetime),
        ...{ most_uses: mostUses, uses: 0, ended_at: null },
      })
      .execute();
    return this.look(code);
  }

  /** What an invite is for; anybody who has it may know. */
  async look(code: string): Promise<Invite> {
    const row = await this.#good(this.#options.db, code)
      .innerJoin('communities', 'communities.id', 'invites.community_id')
      .select(['communities.id', 'communities.name', 'invites.expires_at'])
      .executeTakeFirst();
    if (row === undefined) throw noInvite();
    const { id, name, expires_at } = row;
    return { code, communityId: id, communityName: name, expiresAt: expires_at?.getTime() ?? null };
  }

  /** Makes somebody a member. Who is one already stays one, and uses nothing up. */
  async accept(code: string, userId: string): Promise<Invite> {
    const invite = await this.look(code);
    await this.#options.db.transaction().execute((transaction) => this.#use(transaction, code, userId));
    return invite;
  }

  /** Makes an account and its first membership together, or neither. Returns the token of its session. */
  async acceptAsNew(code: string, credentials: Credentials, device: Device): Promise<string> {
    const { db, sessions, hasher, now: clock, random } = this.#options;
    // A hash for everybody who asks would be dear.
    await this.look(code);
    const prepared = await prepareAccount(credentials, hasher);
    const now = clock();
    const id = newId(now, random);
    return db.transaction().execute(async (transaction) => {
      await insertAccount(transaction, prepared, { id, now });
      await this.#use(transaction, code, id);
      return sessions.begin(transaction, id, device);
    });
  }

  #good(db: Kysely<WorkspaceTables>, code: string) {
    return db
      .selectFrom('invites')
      .where('code', '=', CODE.test(code) ? code : '')
      .where('ended_at', 'is', null)
      .where((is) =>
        is.or([is('expires_at', 'is', null), is('expires_at', '>', new Date(this.#options.now()))]),
      )
      .where((is) => is.or([is('most_uses', 'is', null), is('uses', '<', is.ref('most_uses'))]));
  }

  /** The row is locked first, so that of two who want the last use one waits, and finds it used up. */
  async #use(db: Transaction<WorkspaceTables>, code: string, userId: string): Promise<void> {
    const invite = await this.#good(db, code).select('community_id').forUpdate().executeTakeFirst();
    if (invite === undefined) throw noInvite();
    const isNew = await insertMember(db, {
      ...{ communityId: invite.community_id, userId, now: this.#options.now() },
    });
    if (!isNew) return;
    await db
      .updateTable('invites')
      .set((row) => ({ uses: row('uses', '+', 1) }))
      .where('code', '=', code)
      .execute();
  }
}

function noInvite(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such invite, or it has ended.', {
    remedy: 'Ask whoever sent it for another.',
  });
}

function noCommunity(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such community.');
}
