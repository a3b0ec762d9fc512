import { useQuery } from '@tanstack/react-query';
import { BellOff } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { NO_NEWS } from '../notifications/news.js';
import { useNews } from '../notifications/use-news.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { unreadQuery } from './message-queries.js';
import styles from './unread-mark.module.css';

/** What is new in a channel, beside its name, or that it is muted. */
export function UnreadMark({ channelId }: { channelId: string }) {
  const { data } = useQuery(unreadQuery);
  const { isNew, badge, isMuted } = useNews().get(channelId) ?? NO_NEWS;
  const counts = data?.find(({ channel_id }) => channel_id === channelId);
  const texts = messageTexts.unread;
  if (isMuted) {
    return (
      <span className={styles.mark} data-muted>
        <BellOff size={14} aria-hidden="true" />
        <VisuallyHidden.Root>{texts.muted}</VisuallyHidden.Root>
      </span>
    );
  }
  if (!isNew || counts === undefined) return null;
  const { unread, mentions } = counts;
  return (
    <span className={styles.mark} data-unread>
      <Badge count={badge} />
      <VisuallyHidden.Root>
        {texts.messages(unread)}
        {mentions > 0 && `, ${texts.mentions(mentions)}`}
      </VisuallyHidden.Root>
    </span>
  );
}

/** How many messages are meant for oneself; nothing for none. */
export function Badge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className={styles.mentions} aria-hidden="true">
      {count > 99 ? '99+' : count}
    </span>
  );
}
