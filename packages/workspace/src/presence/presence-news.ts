import type { PresenceOf } from '@parley/contract';
import { groupBy } from '../group-by.js';
import type { WorkspaceEvent } from '../events.js';
import type { Sights } from './presence-queries.js';

/**
 * The events that tell of changes to who may see them: one for each community, however many of its members have changed,
 * and one for all acquaintances who are to hear of the same people.
 */
export function presenceNews(changes: readonly PresenceOf[], sights: Sights): WorkspaceEvent[] {
  return [...toCommunities(changes, sights), ...toAcquaintances(changes, sights)];
}

/** Who has blocked somebody is told of apart, to all but those. */
function toCommunities(changes: readonly PresenceOf[], { communities, blocked }: Sights): WorkspaceEvent[] {
  const places = changes.flatMap((change) =>
    (communities.get(change.user_id) ?? []).map((communityId) => ({ communityId, change })),
  );
  return [...groupBy(places, ({ communityId }) => communityId)].flatMap(([communityId, own]) => {
    const audience = { communityId, may: 'view_members' as const };
    const open = own.map(({ change }) => change).filter(({ user_id }) => !blocked.has(user_id));
    const guarded = own.map(({ change }) => change).filter(({ user_id }) => blocked.has(user_id));
    return [
      ...(open.length > 0 ? [{ ...newsOf(open), audience }] : []),
      ...guarded.map((change) => ({
        ...newsOf([change]),
        audience: { ...audience, except: [...(blocked.get(change.user_id) ?? [])] },
      })),
    ];
  });
}

function toAcquaintances(
  changes: readonly PresenceOf[],
  { acquaintances, blocked }: Sights,
): WorkspaceEvent[] {
  const toViewer = new Map<string, PresenceOf[]>();
  for (const change of changes) {
    for (const viewer of acquaintances.get(change.user_id) ?? []) {
      if (blocked.get(change.user_id)?.has(viewer) === true) continue;
      toViewer.set(viewer, [...(toViewer.get(viewer) ?? []), change]);
    }
  }
  const alike = groupBy([...toViewer], ([, people]) => people.map(({ user_id }) => user_id).join());
  return [...alike.values()].flatMap((viewers) => {
    const [first] = viewers;
    if (first === undefined) return [];
    return { ...newsOf(first[1]), audience: { userIds: viewers.map(([viewer]) => viewer) } };
  });
}

function newsOf(people: readonly PresenceOf[]) {
  return { type: 'presence_changed' as const, payload: { people: [...people] } };
}
