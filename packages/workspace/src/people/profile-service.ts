import type { Person, Profile, ProfileChange, SeenPerson } from '@parley/contract';
import type { Updateable } from 'kysely';
import { communityIdsOf } from '../communities/community-queries.js';
import { loadActor } from '../communities/access-queries.js';
import { changing } from '../communities/visit.js';
import { administersInstance } from '../permissions/index.js';
import { relationOf } from '../relations/relation-queries.js';
import type { UserTable } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { acquaintancesOf, commonCommunities, haveConversation } from './acquaintance-queries.js';
import { noPerson } from './no-person.js';
import { findPeople } from './people-search.js';
import { loadProfile } from './profile-queries.js';

/** What people say of themselves, and who sees it. */
export class ProfileService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async own(userId: string): Promise<Profile> {
    const { db, now } = this.#options;
    return loadProfile(db, userId, now());
  }

  async change(userId: string, change: ProfileChange): Promise<Profile> {
    return changing(this.#options, async ({ trx, now, events }) => {
      const set = columnsOf(change, now);
      if (Object.keys(set).length > 0) {
        await trx.updateTable('users').set(set).where('id', '=', userId).execute();
      }
      const profile = await loadProfile(trx, userId, now);
      const { id, user_name, display_name, avatar, status } = profile;
      const person = { id, user_name, display_name, avatar, status };
      const tell = { type: 'profile_changed', payload: { person } } as const;
      const userIds = [userId, ...(await acquaintancesOf(trx, userId))];
      events.push({ ...tell, audience: { userIds } });
      for (const communityId of await communityIdsOf(trx, userId)) {
        events.push({ ...tell, audience: { communityId, may: 'view_members' } });
      }
      return profile;
    });
  }

  /** Whom somebody may write to: friends, and members of common communities. The first by user name. */
  async find(userId: string, query: string | undefined): Promise<Person[]> {
    const { db, now } = this.#options;
    return findPeople(db, { userId, now: now(), query });
  }

  /** Somebody whom one knows: from a community, as a friend, or from a conversation. Others do not exist. */
  async see(userId: string, otherId: string): Promise<SeenPerson> {
    const { db, now } = this.#options;
    const profile = await loadProfile(db, otherId, now());
    const { id, user_name, display_name, avatar, status, pronouns, about } = profile;
    const person = { id, user_name, display_name, avatar, status };
    const relation = await relationOf(db, userId, otherId);
    const common_communities = await commonCommunities(db, userId, otherId);
    const known =
      otherId === userId ||
      relation !== null ||
      common_communities.length > 0 ||
      (await haveConversation(db, userId, otherId)) ||
      administersInstance(await loadActor(db, userId));
    if (!known) throw noPerson();
    return { person, pronouns, about, relation, common_communities };
  }
}

function columnsOf(
  { display_name, status, direct_messages_from, pronouns, about }: ProfileChange,
  now: number,
): Updateable<UserTable> {
  const lifetime = status?.expires_in ?? null;
  return {
    ...(display_name !== undefined && { display_name }),
    ...(pronouns !== undefined && { pronouns }),
    ...(about !== undefined && { about }),
    ...(direct_messages_from !== undefined && { direct_messages_from }),
    ...(status !== undefined && {
      status_text: status?.text ?? null,
      status_emoji: status?.emoji ?? null,
      status_until: lifetime === null ? null : new Date(now + lifetime * 1000),
    }),
  };
}
