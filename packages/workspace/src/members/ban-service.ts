import type { BanPage, BanQuery, NewBan } from '@parley/contract';
import { loadSubject } from '../communities/access-queries.js';
import { changeCommunity, need, visitCommunity } from '../communities/visit.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { deleteBan, listBans, putBan } from './ban-queries.js';
import { removeMember } from './removing.js';
import { checkRank } from './targets.js';

/** Who is kept out of a community. */
export class BanService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async list(userId: string, { id: communityId, ...part }: BanQuery): Promise<BanPage> {
    const { db, now } = this.#options;
    const visit = await visitCommunity(db, { userId, communityId, now: now() });
    need(visit.permissions, 'view_bans');
    return listBans(db, { communityId, now: visit.now }, part);
  }

  /** Of a member or of somebody who is none; in place of a ban that there is. */
  async ban(userId: string, { id: communityId, user_id, reason, expires_in }: NewBan): Promise<void> {
    await changeCommunity(this.#options, { userId, communityId }, async (visit) => {
      need(visit.permissions, 'ban_members');
      const target = await loadSubject(visit.trx, user_id);
      if (target === undefined) throw new WorkspaceError('not_found', 'There is no such account.');
      checkRank(visit, { target, action: 'ban_members' });
      const until = expires_in === null ? null : new Date(visit.now + expires_in * 1000);
      const ban = { community_id: communityId, user_id, banned_by: userId, reason, until };
      await putBan(visit.trx, { ...ban, banned_at: new Date(visit.now) });
      if (target.memberships.has(communityId)) await removeMember(visit, user_id);
    });
  }

  async unban(userId: string, at: { communityId: string; userId: string }): Promise<void> {
    await changeCommunity(
      this.#options,
      { userId, communityId: at.communityId },
      async ({ permissions, trx, now }) => {
        need(permissions, 'ban_members');
        if (await deleteBan(trx, at, now)) return;
        throw new WorkspaceError('not_found', 'There is no such ban.');
      },
    );
  }
}
