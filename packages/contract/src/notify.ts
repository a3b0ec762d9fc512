import type { NotificationRule, NotifyLevel, QuietHours } from './notifications.js';
import { wordsOf } from './words.js';

/** What somebody has decided for the place of a message. */
export interface NotifyRules {
  /** Of the channel or conversation. */
  channel: NotificationRule | undefined;
  /** Of its community; undefined in conversations. */
  community: NotificationRule | undefined;
  /** Whether it is a conversation: there every message is meant for oneself. */
  isConversation: boolean;
}

/** Somebody, at a moment. */
export interface Listener {
  /** Milliseconds since 1970. */
  now: number;
  quiet: QuietHours | null;
  /** Whether they have said themselves that they do not want to be disturbed. */
  doNotDisturb: boolean;
}

/** What a message is to somebody, before it is shown anywhere. */
export interface Notice {
  /** Whether it counts among what is new. */
  counts: boolean;
  /** Whether it counts among what is meant for them: the number on a channel. */
  calls: boolean;
  /** Whether they are told at once. */
  tells: boolean;
}

/**
 * What becomes of a message of somebody else: the one function that decides, for what is counted and for what is told.
 *
 * @param isCalled whether it calls them, by name, by a role, with everybody or by a word of theirs.
 */
export function noticeOf(
  isCalled: boolean,
  rules: NotifyRules,
  { now, quiet, doNotDisturb }: Listener,
): Notice {
  const isMuted = isMutedNow(rules.channel, now) || isMutedNow(rules.community, now);
  if (isMuted) return { counts: false, calls: false, tells: false };
  const level = levelOf(rules);
  const calls = level === 'everything' ? isCalled || rules.isConversation : level === 'mentions' && isCalled;
  const isWanted = level === 'everything' || calls;
  return { counts: true, calls, tells: isWanted && !doNotDisturb && !isQuiet(quiet, now) };
}

/** In conversations everything, in channels what calls one, unless it is decided otherwise. */
export function levelOf({ channel, community, isConversation }: NotifyRules): NotifyLevel {
  return channel?.level ?? community?.level ?? (isConversation ? 'everything' : 'mentions');
}

export function isMutedNow(rule: NotificationRule | undefined, now: number): boolean {
  if (rule?.muted !== true) return false;
  return rule.muted_until === null || Date.parse(rule.muted_until) > now;
}

/** Whether quiet hours are on, by the clock of their place, whatever daylight saving does there. */
export function isQuiet(hours: QuietHours | null, now: number): boolean {
  if (hours === null) return false;
  const { days, from, until, time_zone } = hours;
  const { day, time } = clockIn(time_zone, now);
  if (from < until) return days.includes(day) && time >= from && time < until;
  // Over midnight: the morning belongs to the day before.
  const before = day === 1 ? 7 : day - 1;
  return (days.includes(day) && time >= from) || (days.includes(before) && time < until);
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function clockIn(timeZone: string, now: number): { day: number; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return { day: DAYS.indexOf(part('weekday')) + 1, time: `${part('hour')}:${part('minute')}` };
}

/** Whether a text says one of the words or phrases, as search would find them. */
export function saysKeyword(text: string, keywords: readonly string[]): boolean {
  if (keywords.length === 0) return false;
  const words = wordsOf(text).map(({ word }) => word);
  return keywords.some((keyword) => {
    const wanted = wordsOf(keyword).map(({ word }) => word);
    return (
      wanted.length > 0 && words.some((_, at) => wanted.every((word, index) => words[at + index] === word))
    );
  });
}
