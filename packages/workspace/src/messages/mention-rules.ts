import type { Kysely, Transaction } from 'kysely';
import type { WorkspaceTables } from '../schema/tables.js';
import type { MessagePlace } from './message-page.js';
import type { OpenChannel } from './open-channel.js';
import type { WrittenMentions } from './mentions.js';

/** Whom a message calls, after what its author may. */
export interface Called {
  userIds: string[];
  roleIds: string[];
  everyone: 'here' | 'channel' | null;
}

/**
 * Leaves of what is written those who are there to be called, and whom the author may call. Others are text: a message is
 * not refused for them, since nobody would learn why before it is sent.
 */
export async function whoIsCalled(
  db: Kysely<WorkspaceTables>,
  written: WrittenMentions,
  { permissions, place }: OpenChannel,
): Promise<Called> {
  const everyone = permissions.has('mention_everyone') ? written.everyone : null;
  if (place.kind === 'direct') {
    return { userIds: written.userIds.filter((id) => place.memberIds.has(id)), roleIds: [], everyone };
  }
  const { id, roles, everyoneId } = place.community;
  const roleIds = written.roleIds.filter((role) => roles.has(role) && role !== everyoneId);
  const members =
    written.userIds.length === 0
      ? []
      : await db
          .selectFrom('members')
          .select('user_id')
          .where('community_id', '=', id)
          .where('user_id', 'in', written.userIds)
          .execute();
  return {
    userIds: members.map(({ user_id }) => user_id),
    roleIds: permissions.has('mention_roles') ? roleIds : [],
    everyone,
  };
}

/** The channel itself stands for everybody in it. */
export async function insertMentions(
  trx: Transaction<WorkspaceTables>,
  message_id: string,
  { channelId, threadId }: MessagePlace,
  { userIds, roleIds, everyone }: Called,
): Promise<void> {
  const targets = [...userIds, ...roleIds, ...(everyone === null ? [] : [channelId])];
  if (targets.length === 0) return;
  const place_id = threadId ?? channelId;
  const rows = targets.map((target_id) => ({ message_id, place_id, target_id }));
  await trx.insertInto('message_mentions').values(rows).execute();
}
