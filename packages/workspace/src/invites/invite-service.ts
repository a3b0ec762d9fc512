import type { CommunityInvites } from '@parley/contract';
import type { Kysely } from 'kysely';
import { insertAccount, prepareAccount } from '../accounts/new-account.js';
import type { Credentials } from '../accounts/new-account.js';
import type { PasswordHasher } from '../accounts/password.js';
import type { Device, SessionService } from '../accounts/session-service.js';
import { joinCommunity } from '../communities/joining.js';
import { changeCommunity, changing, lockCommunity, need, visitCommunity } from '../communities/visit.js';
import type { Change } from '../communities/visit.js';
import { newId } from '../ids.js';
import { checkLimit } from '../limits.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { invitesInForce, listInvites } from './invite-queries.js';

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

export interface InviteServiceOptions extends ServiceOptions {
  sessions: SessionService;
  hasher: PasswordHasher;
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
    const code = Buffer.from(this.#options.random(CODE_BYTES)).toString('base64url');
    return changeCommunity(this.#options, { userId, communityId }, async ({ trx, permissions, now }) => {
      need(permissions, 'create_invites');
      const there = await invitesInForce(trx, now)
        .select('code')
        .where('community_id', '=', communityId)
        .execute();
      checkLimit('invites', there.length);
      await trx
        .insertInto('invites')
        .values({
          ...{ code, community_id: communityId, made_by: userId, created_at: new Date(now) },
          expires_at: lifetime === null ? null : new Date(now + lifetime),
          ...{ most_uses: mostUses, uses: 0, ended_at: null },
        })
        .execute();
      return this.#look(trx, code);
    });
  }

  /** What an invite is for; anybody who has it may know. */
  async look(code: string): Promise<Invite> {
    return this.#look(this.#options.db, code);
  }

  /** Those of a community that are in force, the newest first: one's own, or all for who manages them. */
  async list(userId: string, communityId: string): Promise<CommunityInvites> {
    const { db, now } = this.#options;
    const visit = await visitCommunity(db, { userId, communityId, now: now() });
    const madeBy = visit.permissions.has('manage_invites') ? undefined : userId;
    return { invites: await listInvites(db, { communityId, madeBy, now: visit.now }) };
  }

  /** Ends an invite that one has made, or any for who manages them. */
  async end(userId: string, code: string): Promise<void> {
    const { communityId } = await this.look(code);
    await changeCommunity(this.#options, { userId, communityId }, async ({ trx, permissions, now }) => {
      const { made_by } = await trx
        .selectFrom('invites')
        .select('made_by')
        .where('code', '=', code)
        .executeTakeFirstOrThrow();
      if (made_by !== userId) need(permissions, 'manage_invites');
      await trx
        .updateTable('invites')
        .set({ ended_at: new Date(now) })
        .where('code', '=', code)
        .execute();
    });
  }

  /** Makes somebody a member. Who is one already stays one, and uses nothing up. */
  async accept(code: string, userId: string): Promise<Invite> {
    const invite = await this.look(code);
    await changing(this.#options, (change) => this.#use(change, invite, userId));
    return invite;
  }

  /** Makes an account and its first membership together, or neither. Returns the token of its session. */
  async acceptAsNew(code: string, credentials: Credentials, device: Device): Promise<string> {
    const { sessions, hasher, random } = this.#options;
    // A hash for everybody who asks would be dear.
    const invite = await this.look(code);
    const prepared = await prepareAccount(credentials, hasher);
    return changing(this.#options, async (change) => {
      const id = newId(change.now, random);
      await insertAccount(change.trx, prepared, { id, now: change.now });
      await this.#use(change, invite, id);
      return sessions.begin(change.trx, id, device);
    });
  }

  async #look(db: Kysely<WorkspaceTables>, code: string): Promise<Invite> {
    const row = await invitesInForce(db, this.#options.now())
      .innerJoin('communities', 'communities.id', 'invites.community_id')
      .select(['communities.id', 'communities.name', 'invites.expires_at'])
      .where('invites.code', '=', CODE.test(code) ? code : '')
      .executeTakeFirst();
    if (row === undefined) throw noInvite();
    const { id, name, expires_at } = row;
    return { code, communityId: id, communityName: name, expiresAt: expires_at?.getTime() ?? null };
  }

  /** The community is locked first, so that of two who want the last use one waits, and finds it used up. */
  async #use(change: Change, { code, communityId }: Invite, userId: string): Promise<void> {
    await lockCommunity(change.trx, communityId);
    await this.#look(change.trx, code);
    if (!(await joinCommunity(change, { communityId, userId }))) return;
    await change.trx
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
