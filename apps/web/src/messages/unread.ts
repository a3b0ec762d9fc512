import {
  saysKeyword,
  type Message,
  type MessageFacts,
  type UnreadChannel,
  type UnreadCounts,
} from '@parley/contract';

const MOST_COUNTED = 100;

/** Whether a message calls somebody, as far as that is known here. @param keywords their words that count as a mention. */
export function callsOne({ mentions, text }: MessageFacts, me: string, keywords: readonly string[]): boolean {
  const { people, everyone } = mentions;
  return everyone !== null || people.some(({ id }) => id === me) || saysKeyword(text, keywords);
}

/** What a message of somebody else makes of what is new. */
export function countMessage(
  channels: readonly UnreadChannel[],
  message: MessageFacts,
  calls: boolean,
): UnreadChannel[] {
  const before: UnreadCounts = channels.find(({ channel_id }) => channel_id === message.channel_id) ?? {
    ...{ last_read_id: null, unread: 0, mentions: 0 },
  };
  return withCounts(channels, message.channel_id, {
    last_read_id: before.last_read_id,
    unread: Math.min(before.unread + 1, MOST_COUNTED),
    mentions: Math.min(before.mentions + (calls ? 1 : 0), MOST_COUNTED),
  });
}

export function withCounts(
  channels: readonly UnreadChannel[],
  channelId: string,
  { last_read_id, unread, mentions }: UnreadCounts,
): UnreadChannel[] {
  const others = channels.filter(({ channel_id }) => channel_id !== channelId);
  return [...others, { channel_id: channelId, last_read_id, unread, mentions }];
}

/** The first message of others after the one that was read last: above it stands the line of what is new. */
export function firstNew(
  messages: readonly Message[],
  lastRead: string | null,
  me: string,
): string | undefined {
  return messages.find(({ id, author }) => author?.id !== me && (lastRead === null || id > lastRead))?.id;
}
