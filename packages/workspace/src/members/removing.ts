import type { ChangingVisit } from '../communities/visit.js';

/** With what was decided for them in single channels: who comes back comes as anybody. */
export async function removeMember(
  { trx, community: { id }, events }: Pick<ChangingVisit, 'trx' | 'community' | 'events'>,
  userId: string,
): Promise<void> {
  await trx.deleteFrom('members').where('community_id', '=', id).where('user_id', '=', userId).execute();
  await trx
    .deleteFrom('channel_overwrites')
    .where('user_id', '=', userId)
    .where('channel_id', 'in', trx.selectFrom('channels').select('id').where('community_id', '=', id))
    .execute();
  const payload = { community_id: id, user_id: userId };
  events.push(
    { type: 'member_left', payload, audience: { communityId: id, may: 'view_members' } },
    { type: 'community_left', payload: { community_id: id }, audience: { userIds: [userId] } },
  );
}
