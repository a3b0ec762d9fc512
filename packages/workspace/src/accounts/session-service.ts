import type { DeleteQueryBuilder, DeleteResult, Transaction } from 'kysely';
import { changing } from '../communities/visit.js';
import { groupBy } from '../group-by.js';
import { newId } from '../ids.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import {
  hashSecret,
  judgeSession,
  parseSessionToken,
  SESSION_LIMITS,
  sessionToken,
} from './session-token.js';

/** From where somebody comes, and with what. */
export interface Device {
  address: string;
  userAgent: string;
}

/** Who a request comes from. */
export interface Account {
  userId: string;
  userName: string;
  sessionId: string;
}

export interface Authenticated {
  account: Account;
  /** To be given to the client in place of the one that it brought. */
  newToken: string | undefined;
}

export interface SessionInfo extends Device {
  id: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  seenAt: number;
}

type Ending = DeleteQueryBuilder<WorkspaceTables, 'sessions', DeleteResult>;

const SECRET_BYTES = 32;
const SEEN_EVERY = 60_000;
const USER_AGENT_LENGTH = 256;
/** As long as an IPv6 address can be; a trusted proxy may pass on anything. */
const ADDRESS_LENGTH = 45;

/** Sessions: what a signed-in device has, and how it ends. */
export class SessionService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Begins a session and returns its token, which is nowhere else. */
  async begin(db: Transaction<WorkspaceTables>, userId: string, device: Device): Promise<string> {
    const now = this.#options.now();
    const at = new Date(now);
    const id = newId(now, this.#options.random);
    const secret = this.#options.random(SECRET_BYTES);
    await db
      .insertInto('sessions')
      .values({
        id,
        user_id: userId,
        secret_hash: hashSecret(secret),
        previous_secret_hash: null,
        created_at: at,
        rotated_at: at,
        seen_at: at,
        expires_at: new Date(now + SESSION_LIMITS.lifetime),
        address: device.address.slice(0, ADDRESS_LENGTH),
        user_agent: device.userAgent.slice(0, USER_AGENT_LENGTH),
      })
      .execute();
    return sessionToken(id, secret);
  }

  /**
   * Whose a token is; undefined if it is no good.
   *
   * @param mayReplace Whether the client can be given a new token, as over a WebSocket it cannot.
   */
  async authenticate(text: string, device: Device, mayReplace = true): Promise<Authenticated | undefined> {
    const token = parseSessionToken(text);
    if (token === undefined) return undefined;
    const row = await this.#options.db
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .selectAll('sessions')
      .select('users.name')
      .where('sessions.id', '=', token.sessionId)
      .where('users.banned_at', 'is', null)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const now = this.#options.now();
    const secrets = {
      current: row.secret_hash,
      previous: row.previous_secret_hash,
      rotatedAt: row.rotated_at.getTime(),
      expiresAt: row.expires_at.getTime(),
    };
    const verdict = judgeSession(secrets, token.secret, now);
    if (verdict === 'stolen') await this.end(row.user_id, row.id);
    if (verdict === 'stolen' || verdict === 'refused') return undefined;
    const account = { userId: row.user_id, userName: row.name, sessionId: row.id };
    const newToken =
      verdict === 'rotate' && mayReplace ? await this.#rotate(row.id, token.secret) : undefined;
    if (now - row.seen_at.getTime() >= SEEN_EVERY) await this.#seen(row.id, device);
    return { account, newToken };
  }

  /** Which of these sessions have not ended, with whose they are. */
  async stillOpen(sessionIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (sessionIds.length === 0) return new Map();
    const rows = await this.#options.db
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['sessions.id', 'sessions.user_id'])
      .where('sessions.id', 'in', sessionIds)
      .where('sessions.expires_at', '>', new Date(this.#options.now()))
      .where('users.banned_at', 'is', null)
      .execute();
    return new Map(rows.map(({ id, user_id }) => [id, user_id]));
  }

  /** What a person sees of their sessions, the newest first. */
  async list(userId: string): Promise<SessionInfo[]> {
    const rows = await this.#options.db
      .selectFrom('sessions')
      .select(['id', 'created_at', 'seen_at', 'address', 'user_agent'])
      .where('user_id', '=', userId)
      .where('expires_at', '>', new Date(this.#options.now()))
      .orderBy('id', 'desc')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      createdAt: row.created_at.getTime(),
      seenAt: row.seen_at.getTime(),
      address: row.address,
      userAgent: row.user_agent,
    }));
  }

  /** Whether there was such a session of this person. */
  async end(userId: string, sessionId: string): Promise<boolean> {
    return this.#end((ending) => ending.where('user_id', '=', userId).where('id', '=', sessionId));
  }

  /** Deletes those that nobody may use any more. */
  async endExpired(): Promise<void> {
    await this.#end((ending) => ending.where('expires_at', '<=', new Date(this.#options.now())));
  }

  /** Ends all sessions of a person but one. */
  async endOthers(userId: string, keptId: string): Promise<void> {
    await this.#end((ending) => ending.where('user_id', '=', userId).where('id', '!=', keptId));
  }

  /** Whether there were any. All servers learn of it: what hangs on a session may be at another than whoever ends it. */
  #end(which: (ending: Ending) => Ending): Promise<boolean> {
    return changing(this.#options, async ({ trx, events }) => {
      const gone = await which(trx.deleteFrom('sessions')).returning(['id', 'user_id']).execute();
      for (const [userId, rows] of groupBy(gone, ({ user_id }) => user_id)) {
        const payload = { ids: rows.map(({ id }) => id) };
        events.push({ type: 'sessions_ended', payload, audience: { userIds: [userId] } });
      }
      return gone.length > 0;
    });
  }

  /** Of two requests at once the first replaces the secret; the other goes on with the one that is then the previous. */
  async #rotate(id: string, old: Uint8Array): Promise<string | undefined> {
    const now = this.#options.now();
    const secret = this.#options.random(SECRET_BYTES);
    const { numUpdatedRows } = await this.#options.db
      .updateTable('sessions')
      .set({
        secret_hash: hashSecret(secret),
        previous_secret_hash: hashSecret(old),
        rotated_at: new Date(now),
        expires_at: new Date(now + SESSION_LIMITS.lifetime),
      })
      .where('id', '=', id)
      .where('secret_hash', '=', hashSecret(old))
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n ? sessionToken(id, secret) : undefined;
  }

  async #seen(id: string, { address, userAgent }: Device): Promise<void> {
    await this.#options.db
      .updateTable('sessions')
      .set({
        seen_at: new Date(this.#options.now()),
        address: address.slice(0, ADDRESS_LENGTH),
        user_agent: userAgent.slice(0, USER_AGENT_LENGTH),
      })
      .where('id', '=', id)
      .execute();
  }
}
