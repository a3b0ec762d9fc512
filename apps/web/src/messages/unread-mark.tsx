import { useQuery } from '@tanstack/react-query';
import { VisuallyHidden } from 'radix-ui';
import { messageTexts } from '../texts/messages/message-texts.js';
import { unreadQuery } from './message-queries.js';
import styles from './unread-mark.module.css';

/** What is new in a channel, beside its name. */
export function UnreadMark({ channelId }: { channelId: string }) {
  const { data } = useQuery(unreadQuery);
  const counts = data?.find(({ channel_id }) => channel_id === channelId);
  if (counts === undefined || counts.unread === 0) return null;
  const { unread, mentions } = counts;
  const texts = messageTexts.unread;
  return (
    <span className={styles.mark} data-unread>
      {mentions > 0 && (
        <span className={styles.mentions} aria-hidden="true">
          {mentions > 99 ? '99+' : mentions}
        </span>
      )}
      <VisuallyHidden.Root>
        {texts.messages(unread)}
        {mentions > 0 && `, ${texts.mentions(mentions)}`}
      </VisuallyHidden.Root>
    </span>
  );
}
