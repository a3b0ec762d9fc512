import type { Kysely, Transaction } from 'kysely';
import type { WorkspaceEvent } from '../events.js';
import { permissionsIn } from '../permissions/index.js';
import type { Action, CommunityAccess, PermissionSet, Subject } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { ServiceOptions } from '../service-options.js';
import { WorkspaceError } from '../workspace-error.js';
import { loadActor, loadCommunityAccess } from './access-queries.js';

/** Somebody in a community that they see. */
export interface Visit {
  subject: Subject;
  community: CommunityAccess;
  permissions: PermissionSet;
  /** Milliseconds since 1970. */
  now: number;
}

/** What a transaction has. */
export interface Change {
  trx: Transaction<WorkspaceTables>;
  /** To be told when the transaction is committed. */
  events: WorkspaceEvent[];
  /** Milliseconds since 1970. */
  now: number;
}

export type ChangingVisit = Visit & Change;

/** Throws `not_found` if there is no such community, or none that they see. */
export async function visitCommunity(
  db: Kysely<WorkspaceTables>,
  { userId, communityId, now }: { userId: string; communityId: string; now: number },
): Promise<Visit> {
  const subject = await loadActor(db, userId);
  const community = await loadCommunityAccess(db, communityId);
  if (community === undefined) throw noCommunity();
  const permissions = permissionsIn(subject, { kind: 'community', community }, now);
  if (!permissions.has('view_community')) throw noCommunity();
  return { subject, community, permissions, now };
}

/** One use case that changes a community. */
export async function changeCommunity<Result>(
  options: ServiceOptions,
  { userId, communityId }: { userId: string; communityId: string },
  work: (visit: ChangingVisit) => Promise<Result>,
): Promise<Result> {
  return changing(options, async (change) => {
    await lockCommunity(change.trx, communityId);
    const visit = await visitCommunity(change.trx, { userId, communityId, now: change.now });
    return work({ ...visit, ...change });
  });
}

/** Does something in one transaction, and tells of it with that transaction. */
export async function changing<Result>(
  { db, events: writer, now }: ServiceOptions,
  work: (change: Change) => Promise<Result>,
): Promise<Result> {
  const events: WorkspaceEvent[] = [];
  const result = await db.transaction().execute(async (trx) => {
    const done = await work({ trx, events, now: now() });
    if (events.length > 0) await writer.append(trx, events);
    return done;
  });
  if (events.length > 0) writer.committed();
  return result;
}

/**
 * Whoever else wants to change this community waits until the transaction ends: so that what was checked after this
 * holds until it is done.
 */
export async function lockCommunity(trx: Transaction<WorkspaceTables>, communityId: string): Promise<void> {
  await trx
    .selectFrom('communities')
    .select('id')
    .where('id', '=', communityId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Throws `forbidden` without the permission. */
export function need(permissions: PermissionSet, action: Action): void {
  if (permissions.has(action)) return;
  throw new WorkspaceError('forbidden', `You may not do this here: it takes the permission "${action}".`, {
    remedy: 'Ask an administrator for it.',
  });
}

export function noCommunity(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such community.');
}
