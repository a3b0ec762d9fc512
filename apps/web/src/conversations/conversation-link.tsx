import type { Conversation, UnreadChannel } from '@parley/contract';
import { Link } from '@tanstack/react-router';
import { BellOff } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import type { News } from '../notifications/news.js';
import { openPlaceMenu } from '../notifications/place-menu-state.js';
import { StatusEmoji } from '../presence/status-emoji.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { ConversationFace } from './conversation-face.js';
import { conversationName, othersIn } from './conversation-name.js';
import { CountBadge } from './count-badge.js';
import styles from './conversation-sidebar.module.css';

export interface ConversationLinkProps {
  conversation: Conversation;
  me: string;
  /** Undefined where nothing is. */
  unread: UnreadChannel | undefined;
  /** What of it is shown, after what one has decided for the conversation. */
  news: News;
  isCurrent: boolean;
}

/** A conversation in the list, and how much in it is new. */
export function ConversationLink({ conversation, me, unread, news, isCurrent }: ConversationLinkProps) {
  const { id, kind, members } = conversation;
  const count = news.isNew ? (unread?.unread ?? 0) : 0;
  const name = conversationName(conversation, me);
  const mentions = unread?.mentions ?? 0;
  const [other] = othersIn(conversation, me);
  const below = kind === 'group' ? conversationTexts.members(members.length) : (other?.status?.text ?? '');
  return (
    <Link
      to="/d/$channel"
      params={{ channel: id }}
      className={styles.conversation}
      aria-current={isCurrent ? 'page' : undefined}
      data-unread={count > 0}
      onContextMenu={(event) => openPlaceMenu(event, { kind: 'channel', id, name })}
    >
      <ConversationFace conversation={conversation} me={me} />
      <span className={styles.words}>
        <span className={styles.text}>
          <bdi>{name}</bdi>
          {kind === 'direct' && <StatusEmoji status={other?.status ?? null} />}
        </span>
        {below !== '' && (
          <span className={styles.below}>
            <bdi>{below}</bdi>
          </span>
        )}
      </span>
      {news.isMuted && (
        <>
          <BellOff size={14} aria-hidden="true" />
          <VisuallyHidden.Root>{messageTexts.unread.muted}</VisuallyHidden.Root>
        </>
      )}
      {count > 0 && (
        <>
          {news.badge > 0 && <CountBadge count={news.badge} />}
          <VisuallyHidden.Root>
            {messageTexts.unread.messages(count)}
            {mentions > 0 && `, ${messageTexts.unread.mentions(mentions)}`}
          </VisuallyHidden.Root>
        </>
      )}
    </Link>
  );
}
