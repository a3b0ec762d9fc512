import { noticeOf, type MessageFacts, type NotificationSettings, type Start } from '@parley/contract';
import { channelPath, conversationPath } from '../lib/route.js';
import { plainText } from '../messages/plain-text.js';
import { callsOne } from '../messages/unread.js';
import { callText } from '../ringing/call-text.js';
import { notificationTexts } from '../texts/notifications/notification-texts.js';
import { communitiesOf, rulesOf } from './rules.js';

/** What is shown outside of the page. */
export interface DesktopNotice {
  title: string;
  body: string;
  /** A later one of the same place takes its place. */
  tag: string;
  /** To where a click leads. */
  path: string;
}

export interface Known {
  start: Start;
  settings: NotificationSettings;
  /** Id of who is signed in. */
  me: string;
  doNotDisturb: boolean;
  /** Milliseconds since 1970. */
  now: number;
}

const LENGTH = 180;

/** The notice of a message; undefined where it is none to oneself, or one does not want it. */
export function desktopNotice(message: MessageFacts, known: Known): DesktopNotice | undefined {
  const { start, settings, me, now, doNotDisturb } = known;
  const { id, channel_id, thread_id, author, text, forwarded, mentions, call } = message;
  if (author === null || author.id === me) return undefined;
  // Of a call that was answered one knows.
  if (call !== undefined && call.seconds !== null) return undefined;
  const places = communitiesOf(start);
  if (!places.has(channel_id)) return undefined;
  const isCalled = callsOne(message, me, settings.keywords);
  // Of replies in threads one is told where they call one: who follows which, the page does not know.
  if (thread_id !== null && !isCalled) return undefined;
  const listener = { now, quiet: settings.quiet, doNotDisturb };
  if (!noticeOf(isCalled, rulesOf(settings, places, channel_id), listener).tells) return undefined;
  const texts = notificationTexts.desktop;
  const words = plainText(text === '' ? (forwarded?.text ?? '') : text, {
    nameOf: (sign, one) =>
      sign === '@' ? mentions.people.find((person) => person.id === one)?.name : undefined,
    hidden: texts.hidden,
    length: LENGTH,
  });
  const { title, path } = placeOf(channel_id, author.name, start);
  const at = thread_id === null ? `message=${id}` : `thread=${thread_id}&message=${id}`;
  return {
    title,
    body: call !== undefined ? callText(call, author.name) : words === '' ? texts.noText : words,
    tag: `parley:${channel_id}`,
    path: `${path}?${at}`,
  };
}

function placeOf(channelId: string, author: string, { communities, conversations }: Start) {
  const texts = notificationTexts.desktop;
  const talk = conversations.find(({ id }) => id === channelId);
  if (talk !== undefined) {
    const isNamed = talk.kind === 'group' && talk.name !== '';
    return {
      title: isNamed ? texts.inGroup(author, talk.name) : author,
      path: conversationPath(channelId),
    };
  }
  const community = communities.find(({ channels }) => channels.some(({ id }) => id === channelId));
  const channel = community?.channels.find(({ id }) => id === channelId);
  return {
    title: texts.inChannel(author, channel?.name ?? ''),
    path: channelPath({ communityId: community?.id ?? '', id: channelId }),
  };
}
