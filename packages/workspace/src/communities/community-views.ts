import type { Community, CommunityFacts, CommunitySummary, Role as RoleAnswer } from '@parley/contract';
import { visibleChannels } from '../channels/visible-channels.js';
import type { ChannelsOfCommunity } from '../channels/channel-rows.js';
import { permissionsIn } from '../permissions/index.js';
import type { CommunityAccess, Role, Subject } from '../permissions/index.js';
import type { CommunityRow, FoundCommunity } from './access-queries.js';

type CommunityWithoutVoice = Omit<Community, 'voice'>;

export function communityFactsOf(row: CommunityRow): CommunityFacts {
  const { id, name, description, icon, banner, owner_id } = row;
  return { id, name, description, icon, banner, owner_id };
}

/** Undefined for who does not see it. */
export function communitySummaryOf(
  { row, access }: FoundCommunity,
  subject: Subject,
  now: number,
): CommunitySummary | undefined {
  const permissions = permissionsIn(subject, { kind: 'community', community: access }, now);
  if (!permissions.has('view_community')) return undefined;
  return { ...communityFactsOf(row), permissions: permissions.names() };
}

/** A community as somebody sees it, but for who is in its calls; undefined for who does not. */
export function communityViewOf(
  found: FoundCommunity,
  channels: ChannelsOfCommunity,
  { subject, now }: { subject: Subject; now: number },
): CommunityWithoutVoice | undefined {
  const summary = communitySummaryOf(found, subject, now);
  if (summary === undefined) return undefined;
  return {
    ...summary,
    roles: rolesOf(found.access),
    channels: visibleChannels(found.access, channels, { subject, now }),
  };
}

/** The highest first. */
export function rolesOf({ roles }: CommunityAccess): RoleAnswer[] {
  return [...roles.values()].sort((one, other) => other.position - one.position).map(roleAnswerOf);
}

export function roleAnswerOf({ id, name, colour, icon, position, permissions }: Role): RoleAnswer {
  return { id, name, colour, icon, position, permissions: permissions.names() };
}
