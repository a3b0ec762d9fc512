import type { NotificationRule, NotificationSettings, NotifyRules, Start } from '@parley/contract';

/** Undefined until they are known. */
type Known = Pick<NotificationSettings, 'channels' | 'communities'> | undefined;

/** Where every channel is; undefined for conversations. */
export type CommunityOf = ReadonlyMap<string, string | undefined>;

export function communitiesOf(start: Pick<Start, 'communities' | 'conversations'>): CommunityOf {
  return new Map([
    ...start.communities.flatMap(({ id, channels }) => channels.map((channel) => [channel.id, id] as const)),
    ...start.conversations.map(({ id }) => [id, undefined] as const),
  ]);
}

/** What is decided for a channel. */
export function rulesOf(settings: Known, places: CommunityOf, channelId: string): NotifyRules {
  const communityId = places.get(channelId);
  return {
    channel: channelRule(settings, channelId),
    community: communityRule(settings, communityId),
    isConversation: places.has(channelId) && communityId === undefined,
  };
}

export function channelRule(settings: Known, channelId: string): NotificationRule | undefined {
  return settings?.channels.find(({ channel_id }) => channel_id === channelId);
}

export function communityRule(
  settings: Known,
  communityId: string | undefined,
): NotificationRule | undefined {
  return settings?.communities.find(({ community_id }) => community_id === communityId);
}
