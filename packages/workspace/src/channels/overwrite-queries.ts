import type { Transaction } from 'kysely';
import { checkLimit } from '../limits.js';
import { PermissionSet } from '../permissions/index.js';
import type { Overwrite } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { withPrivacy } from './overwrite-rules.js';

/** Whom an overwrite is for. */
export type OverwriteTarget = { roleId: string } | { userId: string };

/**
 * Gives channels of a category that have no overwrites of their own those of the category, which count no more once they
 * have some.
 *
 * @param channelId of one of them; absent for all.
 */
export async function takeOverFromCategory(
  trx: Transaction<WorkspaceTables>,
  { categoryId, channelId }: { categoryId: string | null; channelId?: string },
): Promise<void> {
  if (categoryId === null) return;
  await trx
    .insertInto('channel_overwrites')
    .columns(['channel_id', 'role_id', 'user_id', 'allow', 'deny'])
    .expression((from) => {
      const all = from
        .selectFrom('channels')
        .innerJoin('channel_overwrites as given', 'given.channel_id', 'channels.category_id')
        .leftJoin('channel_overwrites as own', 'own.channel_id', 'channels.id')
        .select(['channels.id', 'given.role_id', 'given.user_id', 'given.allow', 'given.deny'])
        .where('channels.category_id', '=', categoryId)
        .where('own.channel_id', 'is', null);
      return channelId === undefined ? all : all.where('channels.id', '=', channelId);
    })
    .execute();
}

/** What a channel's own overwrite for somebody says; undefined if there is none. */
export async function ownOverwrite(
  trx: Transaction<WorkspaceTables>,
  channelId: string,
  target: OverwriteTarget,
): Promise<Overwrite | undefined> {
  const row = await trx
    .selectFrom('channel_overwrites')
    .select(['allow', 'deny'])
    .where('channel_id', '=', channelId)
    .where((is) =>
      'roleId' in target ? is('role_id', '=', target.roleId) : is('user_id', '=', target.userId),
    )
    .executeTakeFirst();
  return row && { allow: PermissionSet.ofNames(row.allow), deny: PermissionSet.ofNames(row.deny) };
}

/** Undefined takes the overwrite away. */
export async function putOverwrite(
  trx: Transaction<WorkspaceTables>,
  channelId: string,
  target: OverwriteTarget,
  overwrite: Overwrite | undefined,
): Promise<void> {
  await trx
    .deleteFrom('channel_overwrites')
    .where('channel_id', '=', channelId)
    .where((is) =>
      'roleId' in target ? is('role_id', '=', target.roleId) : is('user_id', '=', target.userId),
    )
    .execute();
  if (overwrite === undefined) return;
  const others = await trx
    .selectFrom('channel_overwrites')
    .select('channel_id')
    .where('channel_id', '=', channelId)
    .execute();
  checkLimit('overwrites', others.length);
  const whom =
    'roleId' in target
      ? { role_id: target.roleId, user_id: null }
      : { role_id: null, user_id: target.userId };
  const [allow, deny] = [overwrite.allow.names(), overwrite.deny.names()];
  await trx
    .insertInto('channel_overwrites')
    .values({ channel_id: channelId, ...whom, allow, deny })
    .execute();
}

/** Closes a channel to everybody but who does it and who is let in by other overwrites, or opens it to all members. */
export async function setPrivacy(
  trx: Transaction<WorkspaceTables>,
  {
    id,
    everyoneId,
    userId,
    isPrivate,
  }: { id: string; everyoneId: string; userId: string; isPrivate: boolean },
): Promise<void> {
  const everyone = { roleId: everyoneId };
  await putOverwrite(trx, id, everyone, withPrivacy(isPrivate, await ownOverwrite(trx, id, everyone)));
  if (!isPrivate) return;
  const self = { userId };
  await putOverwrite(trx, id, self, withPrivacy(false, await ownOverwrite(trx, id, self)));
}
