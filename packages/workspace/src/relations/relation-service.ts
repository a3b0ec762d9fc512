import type { RelationTo, Relations } from '@parley/contract';
import { userNameKey } from '../accounts/user-name.js';
import { loadActor } from '../communities/access-queries.js';
import { changing, need } from '../communities/visit.js';
import type { Change } from '../communities/visit.js';
import { tellOfConversation } from '../conversations/conversation-queries.js';
import { noPerson } from '../people/no-person.js';
import { loadPeople } from '../people/person-queries.js';
import { INSTANCE, permissionsIn } from '../permissions/index.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { acceptRequest, deleteFriendship, insertRequest } from './friendship-queries.js';
import { checkBlocks, checkFriends, checkRequests } from './relation-limits.js';
import { hasBlocked, loadRelations, relationOf } from './relation-queries.js';
import { tellBoth, tellOfRelation } from './telling.js';

/** Friends, requests to become one, and blocks. */
export class RelationService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async list(userId: string): Promise<Relations> {
    const { db, now } = this.#options;
    return loadRelations(db, userId, now());
  }

  /**
   * Asks somebody to be a friend; two who have asked each other are. Who has blocked the asker does not see the request,
   * and the asker does not see that.
   */
  async request(userId: string, userName: string): Promise<RelationTo> {
    return changing(this.#options, async (change) => {
      const { trx, now } = change;
      need(permissionsIn(await loadActor(trx, userId), INSTANCE, now), 'send_friend_requests');
      const otherId = await idOf(change, userName);
      if (otherId === userId) throw oneself('user_name');
      if (await hasBlocked(trx, userId, otherId)) {
        const remedy = 'Unblock them first.';
        throw new WorkspaceError('conflict', 'You have blocked this person.', { remedy });
      }
      await checkRequests(trx, userId);
      await checkFriends(trx, userId);
      if (!(await insertRequest(trx, { from: userId, to: otherId, now }))) {
        await acceptRequest(trx, { from: otherId, to: userId, now });
      }
      return tellBoth(change, userId, otherId);
    });
  }

  async accept(userId: string, otherId: string): Promise<RelationTo> {
    return changing(this.#options, async (change) => {
      if ((await relationOf(change.trx, userId, otherId)) !== 'incoming') throw noRequest();
      await checkFriends(change.trx, userId);
      await acceptRequest(change.trx, { from: otherId, to: userId, now: change.now });
      return tellBoth(change, userId, otherId);
    });
  }

  /** Ends a friendship, takes a request back, or refuses one. */
  async remove(userId: string, otherId: string): Promise<void> {
    await changing(this.#options, async (change) => {
      const relation = await relationOf(change.trx, userId, otherId);
      if (relation === null || relation === 'blocked') throw noRequest();
      await deleteFriendship(change.trx, userId, otherId);
      await tellBoth(change, userId, otherId);
    });
  }

  /** Who is blocked is no friend any more, and can begin no conversation. */
  async block(userId: string, otherId: string): Promise<RelationTo> {
    return changing(this.#options, async (change) => {
      const { trx, now } = change;
      if (otherId === userId) throw oneself('user_id');
      if (!(await loadPeople(trx, [otherId], now)).has(otherId)) throw noPerson();
      await checkBlocks(trx, userId);
      const wereRelated = await deleteFriendship(trx, userId, otherId);
      await trx
        .insertInto('blocks')
        .values({ user_id: userId, blocked_id: otherId, blocked_at: new Date(now) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await tellOfConversation(change, userId, otherId);
      if (wereRelated) return tellBoth(change, userId, otherId);
      return tellOfRelation(change, { userId, otherId, own: true });
    });
  }

  async unblock(userId: string, otherId: string): Promise<void> {
    await changing(this.#options, async (change) => {
      const gone = await change.trx
        .deleteFrom('blocks')
        .where('user_id', '=', userId)
        .where('blocked_id', '=', otherId)
        .returning('user_id')
        .executeTakeFirst();
      if (gone === undefined) throw new WorkspaceError('not_found', 'You have not blocked this person.');
      await tellOfConversation(change, userId, otherId);
      await tellOfRelation(change, { userId, otherId, own: true });
    });
  }
}

async function idOf({ trx }: Change, userName: string): Promise<string> {
  const user = await trx
    .selectFrom('users')
    .select('id')
    .where('name_key', '=', userNameKey(userName))
    .where('banned_at', 'is', null)
    .executeTakeFirst();
  if (user !== undefined) return user.id;
  throw new WorkspaceError('not_found', 'There is nobody of this name.', {
    field: 'user_name',
    remedy: 'Ask them how their user name is spelled.',
  });
}

function oneself(field: string): WorkspaceError {
  return new WorkspaceError('invalid', 'This is you.', { field });
}

function noRequest(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such friend or request.');
}
