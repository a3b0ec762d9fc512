import { isMutedNow, noticeOf, type NotifyRules, type UnreadChannel } from '@parley/contract';

/** What of what is new is shown beside a channel. */
export interface News {
  /** Whether its name stands out. */
  isNew: boolean;
  /** The number on it: of messages that are meant for oneself; 0 for none. */
  badge: number;
  isMuted: boolean;
}

export const NO_NEWS: News = { isNew: false, badge: 0, isMuted: false };

/** What is shown of what is new in a channel, after what is decided for it. @param now milliseconds since 1970. */
export function newsOf({ unread, mentions }: UnreadChannel, rules: NotifyRules, now: number): News {
  const listener = { now, quiet: null, doNotDisturb: false };
  const other = noticeOf(false, rules, listener);
  const called = noticeOf(true, rules, listener);
  return {
    isNew: other.counts && unread > 0,
    badge: (called.calls ? mentions : 0) + (other.calls ? unread - mentions : 0),
    isMuted: isMutedNow(rules.channel, now),
  };
}

/** Of several channels together. */
export function sumOf(news: ReadonlyMap<string, News>, channelIds: Iterable<string>): News {
  const sum = { ...NO_NEWS };
  for (const id of channelIds) {
    const { isNew, badge } = news.get(id) ?? NO_NEWS;
    sum.isNew ||= isNew;
    sum.badge += badge;
  }
  return sum;
}
