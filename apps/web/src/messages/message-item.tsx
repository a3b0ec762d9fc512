import type { Message, MessagePreview } from '@parley/contract';
import { CornerUpLeft } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { memo, type ReactNode } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Avatar } from '../ui/avatar.js';
import { EditForm } from './edit-form.js';
import type { MessageHandlers } from './message-handlers.js';
import { MessageMenu } from './message-menu.js';
import { MessageTime } from './message-time.js';
import { MessageText, type MentionName } from './message-text.js';
import { mentionNames } from './mention-names.js';
import type { Place } from './place.js';
import { Reactions } from './reactions.js';
import styles from './message-item.module.css';

export interface MessageItemProps {
  message: Message;
  /** Whether the author's name and picture stand here, and not above an earlier message. */
  isFirst: boolean;
  place: Place;
  isEditing: boolean;
  /** What one may do here. */
  permissions: readonly string[];
  handlers: MessageHandlers;
  /** Begins changing the message, or ends it with null. */
  onEditing: (id: string | null) => void;
}

export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { message, isFirst, place, isEditing, permissions, handlers, onEditing } = props;
  const texts = messageTexts.messages;
  const { mentions, forwarded, edited_at } = message;
  const nameOf = mentionNames(mentions, place);
  const callsMe = mentions.everyone !== null || mentions.people.some(({ id }) => id === place.me);
  const isOwn = message.author?.id === place.me;
  const mayDelete = isOwn || permissions.includes('delete_messages');
  return (
    <MessageFrame
      id={message.author?.id ?? ''}
      name={message.author?.name ?? texts.gone}
      time={Date.parse(message.created_at)}
      isFirst={isFirst}
      isCalling={callsMe}
      above={message.reply_to !== null && <ReplyTo preview={message.reply_to} />}
      menu={
        <MessageMenu
          text={message.text}
          onReact={
            permissions.includes('add_reactions') ? (emoji) => handlers.onReact(message, emoji) : undefined
          }
          onEdit={isOwn ? () => onEditing(message.id) : undefined}
          isPinned={message.pinned}
          onPin={permissions.includes('pin_messages') ? () => handlers.onPin(message) : undefined}
          onDelete={mayDelete ? () => handlers.onDelete(message) : undefined}
        />
      }
    >
      {isEditing ? (
        <EditForm
          text={message.text}
          onSave={(text) => handlers.onEdit(message, text)}
          onClose={() => onEditing(null)}
        />
      ) : (
        message.text !== '' && <MessageText text={message.text} nameOf={nameOf} />
      )}
      {forwarded !== null && <Forwarded preview={forwarded} nameOf={nameOf} />}
      {edited_at !== null && <span className={styles.edited}>({texts.edited})</span>}
      <Reactions reactions={message.reactions} onToggle={(emoji) => handlers.onReact(message, emoji)} />
    </MessageFrame>
  );
});

export interface MessageFrameProps {
  id: string;
  name: string;
  time: number;
  isFirst: boolean;
  isCalling?: boolean;
  state?: 'sending' | 'failed';
  above?: ReactNode;
  menu?: ReactNode;
  children: ReactNode;
}

/** Who has written something, when, and what. */
export function MessageFrame(props: MessageFrameProps) {
  const { id, name, time, isFirst, isCalling = false, state, above, menu, children } = props;
  const shown = <MessageTime time={time} isShort={!isFirst} />;
  return (
    <article
      className={styles.message}
      data-testid="message"
      data-first={isFirst}
      data-calling={isCalling}
      data-state={state}
    >
      <div className={styles.gutter}>{isFirst ? <Avatar identity={id} name={name} /> : shown}</div>
      <div className={styles.body}>
        {above}
        {isFirst ? (
          <header className={styles.meta}>
            <strong dir="auto">{name}</strong>
            {shown}
          </header>
        ) : (
          <VisuallyHidden.Root>{name}</VisuallyHidden.Root>
        )}
        {children}
      </div>
      {menu}
    </article>
  );
}

function ReplyTo({ preview: { author, deleted, text } }: { preview: MessagePreview }) {
  const texts = messageTexts.messages;
  return (
    <p className={styles.reply}>
      <CornerUpLeft size={14} aria-hidden="true" data-points-inline />
      <span>{deleted ? texts.replyToGone : texts.replyTo(author?.name ?? texts.gone)}</span>
      {!deleted && <bdi>{text}</bdi>}
    </p>
  );
}

function Forwarded({ preview, nameOf }: { preview: MessagePreview; nameOf: MentionName }) {
  const texts = messageTexts.messages;
  return (
    <figure className={styles.forwarded}>
      <figcaption>
        {texts.forwarded} · <bdi>{preview.author?.name ?? texts.gone}</bdi>
      </figcaption>
      {preview.deleted ? <p>{texts.forwardedGone}</p> : <MessageText text={preview.text} nameOf={nameOf} />}
    </figure>
  );
}
