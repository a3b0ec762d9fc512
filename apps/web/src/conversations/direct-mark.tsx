import { useQuery } from '@tanstack/react-query';
import { VisuallyHidden } from 'radix-ui';
import { sumOf } from '../notifications/news.js';
import { useNews } from '../notifications/use-news.js';
import { relationsQuery } from '../people/people-queries.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { CountBadge } from './count-badge.js';
import { conversationsQuery } from './conversation-queries.js';
import styles from './count-badge.module.css';

/** How many new messages in all of one's conversations are meant for one, and how many people ask to be friends. */
export function DirectMark() {
  const { data: conversations = [] } = useQuery(conversationsQuery);
  const news = useNews();
  const { data: relations } = useQuery(relationsQuery);
  const { badge: messages } = sumOf(
    news,
    conversations.map(({ id }) => id),
  );
  const requests = relations?.incoming.length ?? 0;
  if (messages + requests === 0) return null;
  const words = [
    ...(messages > 0 ? [conversationTexts.unread(messages)] : []),
    ...(requests > 0 ? [conversationTexts.requests(requests)] : []),
  ];
  return (
    <>
      <CountBadge count={messages + requests} className={styles.onCorner} />
      <VisuallyHidden.Root>{words.join(', ')}</VisuallyHidden.Root>
    </>
  );
}
