import { useQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
import { messageTexts } from '../texts/messages/message-texts.js';
import type { PanelProps } from '../workspace/panel-props.js';
import { MessageCard } from './message-card.js';
import { followedQuery } from './message-queries.js';
import { PanelList } from './panel-list.js';
import styles from './message-card.module.css';

/** The threads that one follows, with what is new in them. */
export function FollowedPanel({ community, me }: PanelProps) {
  const followed = useQuery(followedQuery);
  const texts = messageTexts.thread;
  return (
    <PanelList query={followed} icon={<MessagesSquare size={26} />} none={texts.none} hint={texts.hint}>
      {followed.data?.map(({ message, unread }) => (
        <MessageCard
          key={message.id}
          message={message}
          place={{ community, me: me.id }}
          search={{ thread: message.id }}
          jump={texts.replies(message.thread?.reply_count ?? 0)}
        >
          {unread > 0 && <strong className={styles.fresh}>{messageTexts.unread.messages(unread)}</strong>}
        </MessageCard>
      ))}
    </PanelList>
  );
}
