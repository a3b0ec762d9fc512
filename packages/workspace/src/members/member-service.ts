import type { Member, MemberChange, MemberPage, MemberQuery, MemberTimeout } from '@parley/contract';
import { userNameKey } from '../accounts/user-name.js';
import { changeCommunity, need, visitCommunity } from '../communities/visit.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { findMember, listMembers } from './member-queries.js';
import { removeMember } from './removing.js';
import { noMember, targetOf, tellOfMember } from './targets.js';

export interface MemberId {
  communityId: string;
  userId: string;
}

/** Who is in a community, what they are called there, and how they leave. */
export class MemberService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async list(userId: string, { id: communityId, query, ...part }: MemberQuery): Promise<MemberPage> {
    const { db, now } = this.#options;
    const visit = await visitCommunity(db, { userId, communityId, now: now() });
    need(visit.permissions, 'view_members');
    const beginning = query === undefined ? undefined : userNameKey(query);
    return listMembers(db, { communityId, now: visit.now }, { ...part, beginning });
  }

  async get(userId: string, { communityId, userId: memberId }: MemberId): Promise<Member> {
    const { db, now } = this.#options;
    const visit = await visitCommunity(db, { userId, communityId, now: now() });
    if (memberId !== userId) need(visit.permissions, 'view_members');
    const member = await findMember(db, { communityId, userId: memberId, now: visit.now });
    if (member === undefined) throw noMember();
    return member;
  }

  /** One's own nickname, or that of somebody below. */
  async change(userId: string, { id: communityId, user_id, nickname }: MemberChange): Promise<Member> {
    return changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      if (user_id === userId && visit.subject.memberships.has(communityId)) {
        need(visit.permissions, 'change_own_nickname');
      } else {
        await targetOf(visit, { userId: user_id, action: 'manage_nicknames' });
      }
      await visit.trx
        .updateTable('members')
        .set({ nickname })
        .where('community_id', '=', communityId)
        .where('user_id', '=', user_id)
        .execute();
      return tellOfMember(visit, user_id);
    });
  }

  async leave(userId: string, communityId: string): Promise<void> {
    await changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      if (visit.community.ownerId === userId) {
        throw new WorkspaceError('conflict', 'You own this community.', {
          remedy: 'Give it to somebody else first, or delete it.',
        });
      }
      if (!visit.subject.memberships.has(communityId)) throw noMember();
      await removeMember(visit, userId);
    });
  }

  /** They may come back with an invite. */
  async kick(userId: string, { communityId, userId: memberId }: MemberId): Promise<void> {
    await changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      await targetOf(visit, { userId: memberId, action: 'kick_members' });
      await removeMember(visit, memberId);
    });
  }

  /** Lets a member only read for a time, counted from now. */
  async timeOut(userId: string, { id: communityId, user_id, seconds }: MemberTimeout): Promise<void> {
    await this.#setTimeout(userId, { communityId, userId: user_id }, seconds * 1000);
  }

  async endTimeout(userId: string, member: MemberId): Promise<void> {
    await this.#setTimeout(userId, member, null);
  }

  async #setTimeout(userId: string, { communityId, userId: memberId }: MemberId, length: number | null) {
    await changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      await targetOf(visit, { userId: memberId, action: 'time_out_members' });
      await visit.trx
        .updateTable('members')
        .set({ timed_out_until: length === null ? null : new Date(visit.now + length) })
        .where('community_id', '=', communityId)
        .where('user_id', '=', memberId)
        .execute();
      await tellOfMember(visit, memberId);
      const payload = { community_id: communityId };
      visit.events.push({ type: 'permissions_changed', payload, audience: { userIds: [memberId] } });
    });
  }
}
