import type { Kysely } from 'kysely';
import { loadActor } from '../communities/access-queries.js';
import { changing, lockCommunity } from '../communities/visit.js';
import type { Change } from '../communities/visit.js';
import { permissionsIn } from '../permissions/index.js';
import type { ChannelPlace, PermissionSet, Subject } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { loadChannel } from './channel-queries.js';
import { isOfCommunity } from './channel-rows.js';
import type { CommunityChannelRow } from './channel-rows.js';

/** Somebody in a channel of a community that they see. */
export interface ChannelVisit {
  subject: Subject;
  row: CommunityChannelRow;
  place: ChannelPlace;
  /** What they may do in the channel. */
  permissions: PermissionSet;
}

/** Throws `not_found` if there is no such channel of a community, or none that they see. */
export async function visitChannel(
  db: Kysely<WorkspaceTables>,
  { userId, channelId, now }: { userId: string; channelId: string; now: number },
): Promise<ChannelVisit> {
  const subject = await loadActor(db, userId);
  const found = await loadChannel(db, channelId);
  if (found?.place.kind !== 'channel' || !isOfCommunity(found.channel)) throw noChannel();
  const { channel: row, place } = found;
  const permissions = permissionsIn(subject, place, now);
  if (!permissions.has('view_channel')) throw noChannel();
  return { subject, row, place, permissions };
}

/** One use case that changes a channel of a community, or its place: nobody else changes the community meanwhile. */
export async function changeChannel<Result>(
  options: ServiceOptions,
  { userId, channelId }: { userId: string; channelId: string },
  work: (visit: ChannelVisit & Change) => Promise<Result>,
): Promise<Result> {
  return changing(options, async (change) => {
    const at = await change.trx
      .selectFrom('channels')
      .select('community_id')
      .where('id', '=', channelId)
      .executeTakeFirst();
    const communityId = at?.community_id ?? null;
    if (communityId === null) throw noChannel();
    await lockCommunity(change.trx, communityId);
    const visit = await visitChannel(change.trx, { userId, channelId, now: change.now });
    return work({ ...visit, ...change });
  });
}

export function noChannel(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such channel.');
}
