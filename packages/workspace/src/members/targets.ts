import type { Member } from '@parley/contract';
import { loadSubject } from '../communities/access-queries.js';
import { need } from '../communities/visit.js';
import type { ChangingVisit } from '../communities/visit.js';
import { canActOn } from '../permissions/index.js';
import type { Action, Subject } from '../permissions/index.js';
import { WorkspaceError } from '../workspace-error.js';
import { findMember } from './member-queries.js';

/** A member to whom somebody may do what the action says. Throws who they are not, and what may not be done. */
export async function targetOf(
  visit: ChangingVisit,
  { userId, action }: { userId: string; action: Action },
): Promise<Subject> {
  need(visit.permissions, action);
  const target = await loadSubject(visit.trx, userId);
  if (target?.memberships.has(visit.community.id) !== true) throw noMember();
  checkRank(visit, { target, action });
  return target;
}

/** Throws `forbidden` for who does not stand below. */
export function checkRank(
  { subject, community, now }: ChangingVisit,
  { target, action }: { target: Subject; action: Action },
): void {
  if (canActOn({ actor: subject, action, target, community, now })) return;
  throw new WorkspaceError('forbidden', 'You may do this only to people whose highest role is below yours.', {
    remedy: 'Ask somebody above them.',
  });
}

/** Tells who may list members, and returns what they see. */
export async function tellOfMember(
  { trx, community, now, events }: ChangingVisit,
  userId: string,
): Promise<Member> {
  const member = await findMember(trx, { communityId: community.id, userId, now });
  if (member === undefined) throw noMember();
  events.push({
    type: 'member_changed',
    payload: { community_id: community.id, member },
    audience: { communityId: community.id, may: 'view_members' },
  });
  return member;
}

export function noMember(): WorkspaceError {
  return new WorkspaceError('not_found', 'There is no such member.');
}
