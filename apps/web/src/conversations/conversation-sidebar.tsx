import type { OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SquarePen, UsersRound } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { Suspense, useState } from 'react';
import { FindButton } from '../finding/find-button.js';
import { unreadQuery } from '../messages/message-queries.js';
import { NO_NEWS } from '../notifications/news.js';
import { useNews } from '../notifications/use-news.js';
import { relationsQuery } from '../people/people-queries.js';
import { texts as pageTexts } from '../texts/texts.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import { lazyPart } from '../ui/lazy-part.js';
import { problemText } from '../workspace/problem-text.js';
import { ConversationLink } from './conversation-link.js';
import { conversationsQuery } from './conversation-queries.js';
import { CountBadge } from './count-badge.js';
import styles from './conversation-sidebar.module.css';

const BeginDialog = lazyPart(async () => (await import('./begin-dialog.js')).BeginDialog);

export interface ConversationSidebarProps {
  me: OwnAccount;
  /** Undefined where none is open. */
  current: string | undefined;
  areFriendsOpen: boolean;
}

/** The way to one's friends, and one's conversations. */
export function ConversationSidebar({ me, current, areFriendsOpen }: ConversationSidebarProps) {
  const conversations = useQuery(conversationsQuery);
  const { data: unread = [] } = useQuery(unreadQuery);
  const news = useNews();
  const { data: relations } = useQuery(relationsQuery);
  const [isBeginning, setBeginning] = useState(false);
  const requests = relations?.incoming.length ?? 0;
  return (
    <div className={styles.sidebar}>
      <header className={styles.header}>
        <h2 className={styles.name}>{conversationTexts.title}</h2>
        <IconButton
          label={conversationTexts.start}
          icon={<SquarePen size={18} />}
          size="small"
          onClick={() => setBeginning(true)}
        />
      </header>
      <FindButton />
      <nav className={styles.list} aria-label={conversationTexts.title}>
        <Link
          to="/d/friends"
          className={styles.conversation}
          aria-current={areFriendsOpen ? 'page' : undefined}
        >
          <span className={styles.icon}>
            <UsersRound size={19} aria-hidden="true" />
          </span>
          <span className={styles.words}>{conversationTexts.friends}</span>
          {requests > 0 && (
            <>
              <CountBadge count={requests} />
              <VisuallyHidden.Root>{conversationTexts.requests(requests)}</VisuallyHidden.Root>
            </>
          )}
        </Link>
        {conversations.data?.length === 0 && <p className={styles.empty}>{conversationTexts.empty}</p>}
        {conversations.isError && (
          <div className={styles.empty} role="alert">
            {problemText(conversations.error)}
            <Button onClick={() => void conversations.refetch()}>{pageTexts.app.tryAgain}</Button>
          </div>
        )}
        <ul>
          {conversations.data?.map((conversation) => (
            <li key={conversation.id}>
              <ConversationLink
                conversation={conversation}
                me={me.id}
                unread={unread.find(({ channel_id }) => channel_id === conversation.id)}
                news={news.get(conversation.id) ?? NO_NEWS}
                isCurrent={conversation.id === current}
              />
            </li>
          ))}
        </ul>
      </nav>
      {isBeginning && (
        <Suspense>
          <BeginDialog me={me.id} onClose={() => setBeginning(false)} />
        </Suspense>
      )}
    </div>
  );
}
