import type { Kysely } from 'kysely';
import { loadChannel } from '../channels/channel-queries.js';
import type { FoundChannel } from '../channels/channel-queries.js';
import { noChannel } from '../channels/channel-visit.js';
import { loadActor } from '../communities/access-queries.js';
import { changing } from '../communities/visit.js';
import type { Change } from '../communities/visit.js';
import type { Audience } from '../events.js';
import { permissionsIn, refusalOf } from '../permissions/index.js';
import type { Action, PermissionSet, Subject } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';

/** A channel or conversation that somebody sees, with what they may do in it. */
export interface OpenChannel extends FoundChannel {
  id: string;
  subject: Subject;
  permissions: PermissionSet;
  /** Whoever sees it. */
  audience: Audience;
}

export interface Entrance {
  userId: string;
  channelId: string;
}

/** Finds a channel for somebody who sees it; for others there is none. A constant number of queries. */
export async function openChannel(
  db: Kysely<WorkspaceTables>,
  { userId, channelId, now }: Entrance & { now: number },
): Promise<OpenChannel> {
  const found = await loadChannel(db, channelId);
  const subject = await loadActor(db, userId);
  // A category holds channels, and no messages.
  if (found === undefined || found.channel.kind === 'category') throw noChannel();
  const permissions = permissionsIn(subject, found.place, now);
  if (!permissions.has('view_channel')) throw noChannel();
  return { ...found, id: channelId, subject, permissions, audience: audienceOf(found) };
}

/** Refuses whoever may not do something where they are. */
export function demand({ channel, permissions, place }: OpenChannel, action: Action, what: string): void {
  const refusal = refusalOf(permissions, action, place);
  if (refusal === undefined) return;
  const sentence = channel.archived_at === null ? `You may not ${what} here.` : 'The channel is archived.';
  throw new WorkspaceError(refusal, sentence);
}

/** For whoever reads: a channel of which they may read what was written before. */
export async function openHistory({ db, now }: ServiceOptions, entrance: Entrance): Promise<OpenChannel> {
  const open = await openChannel(db, { ...entrance, now: now() });
  demand(open, 'read_history', 'read what was written before');
  return open;
}

/** One use case that changes something in a channel, by somebody who sees it. */
export async function inChannel<Result>(
  options: ServiceOptions,
  entrance: Entrance,
  work: (visit: OpenChannel & Change) => Promise<Result>,
): Promise<Result> {
  return changing(options, async (change) =>
    work({ ...(await openChannel(change.trx, { ...entrance, now: change.now })), ...change }),
  );
}

function audienceOf({ channel, place }: FoundChannel): Audience {
  if (place.kind === 'direct') return { userIds: [...place.memberIds] };
  return { communityId: place.community.id, channelId: channel.id };
}
