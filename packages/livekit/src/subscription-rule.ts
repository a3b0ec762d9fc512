import type { SubscriptionPermission, TrackPermission } from '@livekit/protocol';
import type { SubscriptionRule } from '@parley/sfu';

/** What one participant may subscribe to. */
interface Permitted {
  allTracks: boolean;
  trackSids: Set<string>;
}

/** A participant's `subscription_permission`: everybody, or those it lists, by sid or identity, all of its tracks or some. */
export function subscriptionRule({
  allParticipants,
  trackPermissions,
}: SubscriptionPermission): SubscriptionRule {
  if (allParticipants) return () => true;
  const bySid = index(trackPermissions, ({ participantSid }) => participantSid);
  const byIdentity = index(trackPermissions, ({ participantSid, participantIdentity }) =>
    participantSid === '' ? participantIdentity : '',
  );
  return (subscriber, publication) =>
    [bySid.get(subscriber.sid), byIdentity.get(subscriber.identity)].some(
      (permitted) =>
        permitted !== undefined && (permitted.allTracks || permitted.trackSids.has(publication.sid)),
    );
}

/** By the name that an entry gives its participant; entries without one are left out. */
function index(
  permissions: readonly TrackPermission[],
  name: (permission: TrackPermission) => string,
): ReadonlyMap<string, Permitted> {
  const permitted = new Map<string, Permitted>();
  for (const permission of permissions) {
    const key = name(permission);
    if (key === '') continue;
    const entry = permitted.get(key) ?? { allTracks: false, trackSids: new Set<string>() };
    entry.allTracks ||= permission.allTracks;
    for (const sid of permission.trackSids) entry.trackSids.add(sid);
    permitted.set(key, entry);
  }
  return permitted;
}
