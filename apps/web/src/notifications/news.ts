import type { UnreadChannel } from '@parley/contract';

/** What of what is new is shown beside a channel. */
export interface News {
  /** Whether its name stands out. */
  isNew: boolean;
  /** The number on it: of messages that are meant for oneself; 0 for none. */
  badge: number;
}

export const NO_NEWS: News = { isNew: false, badge: 0 };

/**
 * What is shown of what is new, by channel. In conversations every message is meant for oneself; in channels those are that
 * call one.
 */
export function newsOf(
  unread: readonly UnreadChannel[],
  conversations: ReadonlySet<string>,
): ReadonlyMap<string, News> {
  return new Map(
    unread.map((counts) => {
      const isTalk = conversations.has(counts.channel_id);
      return [
        counts.channel_id,
        { isNew: counts.unread > 0, badge: isTalk ? counts.unread : counts.mentions },
      ];
    }),
  );
}

/** Of several channels together. */
export function sumOf(news: ReadonlyMap<string, News>, channelIds: Iterable<string>): News {
  let isNew = false;
  let badge = 0;
  for (const id of channelIds) {
    const of = news.get(id) ?? NO_NEWS;
    isNew ||= of.isNew;
    badge += of.badge;
  }
  return { isNew, badge };
}
