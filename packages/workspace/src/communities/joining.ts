import type { Transaction } from 'kysely';
import { checkLimit } from '../limits.js';
import { isBanned } from '../members/ban-queries.js';
import { findMember } from '../members/member-queries.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';
import { insertMember } from './new-community.js';
import type { Change } from './visit.js';

/** Makes somebody a member who is not kept out. The community is to be locked. Whether they were none before. */
export async function joinCommunity(
  { trx, now, events }: Change,
  { communityId, userId }: { communityId: string; userId: string },
): Promise<boolean> {
  if (await isBanned(trx, { communityId, userId, now })) {
    throw new WorkspaceError('forbidden', 'You are banned from this community.', {
      field: 'code',
      remedy: 'Ask somebody in it whom you know.',
    });
  }
  if (!(await insertMember(trx, { communityId, userId, now }))) return false;
  await checkMemberships(trx, userId);
  const member = await findMember(trx, { communityId, userId, now });
  if (member === undefined) return false;
  const payload = { community_id: communityId };
  events.push(
    {
      type: 'member_joined',
      payload: { ...payload, member },
      audience: { communityId, may: 'view_members' },
    },
    { type: 'community_joined', payload, audience: { userIds: [userId] } },
  );
  return true;
}

/** Throws `limit_reached` for who is a member of more communities than may be. */
export async function checkMemberships(trx: Transaction<WorkspaceTables>, userId: string): Promise<void> {
  const joined = await trx
    .selectFrom('members')
    .select('community_id')
    .where('user_id', '=', userId)
    .execute();
  checkLimit('communitiesJoined', joined.length - 1);
}
