import type { MessageFacts } from '@parley/contract';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { eventNews } from '../events/event-news.js';
import { startQuery } from '../finding/start-query.js';
import { unreadQuery } from '../messages/message-queries.js';
import { profileQuery } from '../presence/presence-queries.js';
import { desktopChoice, mayShowNotices } from './desktop-choice.js';
import { desktopNotice, type DesktopNotice } from './desktop-notice.js';
import { notificationsQuery } from './notifications-query.js';
import { beTheOneTab } from './one-tab.js';
import { playNotice } from './play-notice.js';

/** Where the channel is in sight, in whichever tab and on whichever device, it is read within this time. */
const SEEN_WITHIN_MS = 1200;

/** Shows messages outside of the page, from one tab of all that are open, if that was allowed. */
export function useDesktopNotices(me: string): void {
  const client = useQueryClient();
  const navigate = useNavigate();

  useEffect(() => {
    let isOne = false;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const leave = beTheOneTab('parley.notices', () => {
      isOne = true;
    });
    const stop = eventNews.subscribe(() => {
      const event = eventNews.get();
      if (!isOne || event?.type !== 'message_created' || !mayShowNotices()) return;
      const { message } = event.payload;
      const notice = noticeOfMessage(client, message, me);
      if (notice === undefined) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        if (isStillNew(client, message)) showNotice(notice, (path) => void navigate({ href: path }));
      }, SEEN_WITHIN_MS);
      timers.add(timer);
    });
    return () => {
      stop();
      leave();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [client, me, navigate]);
}

function noticeOfMessage(client: QueryClient, message: MessageFacts, me: string): DesktopNotice | undefined {
  const start = client.getQueryData(startQuery.queryKey);
  const settings = client.getQueryData(notificationsQuery.queryKey);
  if (start === undefined || settings === undefined) return undefined;
  const { availability } = client.getQueryData(profileQuery.queryKey) ?? start.me;
  const doNotDisturb = availability === 'do_not_disturb';
  return desktopNotice(message, { start, settings, me, now: Date.now(), doNotDisturb });
}

/** Replies in threads are not counted here. */
function isStillNew(client: QueryClient, { channel_id, thread_id }: MessageFacts): boolean {
  if (thread_id !== null) return !document.hasFocus();
  const counts = client.getQueryData(unreadQuery.queryKey)?.find((one) => one.channel_id === channel_id);
  return counts !== undefined && counts.unread > 0;
}

function showNotice({ title, body, tag, path }: DesktopNotice, open: (path: string) => void): void {
  const options = { body, tag, icon: '/icon-192.png', silent: true };
  try {
    const notice = new Notification(title, options);
    notice.onclick = () => {
      window.focus();
      open(path);
      notice.close();
    };
  } catch {
    // On phones only a service worker may show one.
    return;
  }
  if (desktopChoice.get().sound) playNotice();
}
