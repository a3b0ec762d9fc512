import type { Message, ReplyPreview } from '@parley/contract';
import { Link } from '@tanstack/react-router';
import { Bookmark, CornerUpLeft, Pin } from 'lucide-react';
import { memo, type KeyboardEvent } from 'react';
import type { ChannelSearch } from '../lib/channel-search.js';
import { Attachments } from '../attachments/attachments.js';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import { CallLine } from '../ringing/call-line.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { EditForm } from './edit-form.js';
import { mentionNames } from './mention-names.js';
import { actionsOn, type MessageAction } from './message-actions.js';
import { MessageFrame } from './message-frame.js';
import { messageKey } from './message-keys.js';
import type { MessageHandlers } from './message-handlers.js';
import { MessageMenu } from './message-menu.js';
import { MessageText, type MentionName } from './message-text.js';
import type { MessagesPlace, Place } from './place.js';
import { quoteOf } from './quote.js';
import { Reactions } from './reactions.js';
import { ThreadSummary } from './thread-summary.js';
import styles from './message-item.module.css';

export interface MessageItemProps {
  message: Message;
  /** Whether the author's name and picture stand here, and not above an earlier message. */
  isFirst: boolean;
  place: Place;
  /** Whether it stands in a thread, or above one. */
  isInThread: boolean;
  isEditing: boolean;
  channel: MessagesPlace;
  handlers: MessageHandlers;
  onAction: (action: MessageAction, message: Message) => void;
  onEdited: () => void;
}

export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { message, isFirst, place, isInThread, isEditing, channel } = props;
  const { permissions } = channel;
  const { handlers, onAction, onEdited } = props;
  const texts = messageTexts.messages;
  const { mentions, forwarded, edited_at, deleted, call } = message;
  const nameOf = mentionNames(mentions, place);
  const actions = actionsOn(message, { me: place.me, permissions, isInThread });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const key = messageKey(event);
    const action = actions.find((one) => one === key);
    if (key === 'react') {
      event.currentTarget.querySelector<HTMLElement>(`[aria-label="${messageTexts.actions.react}"]`)?.click();
    } else if (action !== undefined) onAction(action, message);
    else return;
    event.preventDefault();
  };
  const callsMe = mentions.everyone !== null || mentions.people.some(({ id }) => id === place.me);
  return (
    <MessageFrame
      messageId={message.id}
      id={message.author?.id ?? ''}
      name={message.author?.name ?? texts.gone}
      time={Date.parse(message.created_at)}
      isFirst={isFirst}
      isCalling={callsMe}
      onKeyDown={onKeyDown}
      above={
        <>
          <Marks message={message} />
          {message.reply_to !== null && (
            <ReplyTo preview={message.reply_to} place={place} isInThread={isInThread} />
          )}
        </>
      }
      menu={
        <MessageMenu
          message={message}
          actions={actions}
          onAction={(action) => onAction(action, message)}
          onReact={
            permissions.includes('add_reactions') ? (emoji) => handlers.onReact(message, emoji) : undefined
          }
        />
      }
    >
      {isEditing && (
        <EditForm
          text={message.text}
          place={{ community: place.community, channel }}
          nameOf={nameOf}
          onSave={(text) => handlers.onEdit(message, text)}
          onClose={onEdited}
        />
      )}
      {!isEditing && message.text !== '' && <MessageText text={message.text} nameOf={nameOf} />}
      {call !== undefined && !deleted && (
        <CallLine
          call={call}
          from={message.author?.id === place.me ? undefined : (message.author?.name ?? texts.gone)}
        />
      )}
      {deleted && <p className={styles.deleted}>{texts.deleted}</p>}
      <Attachments attachments={message.attachments} />
      {forwarded !== null && <Forwarded preview={forwarded} nameOf={nameOf} />}
      {edited_at !== null && !deleted && <span className={styles.edited}>({texts.edited})</span>}
      <Reactions
        reactions={message.reactions}
        onToggle={(emoji) => handlers.onReact(message, emoji)}
        canAdd={permissions.includes('add_reactions')}
      />
      {!isInThread && <ThreadSummary message={message} />}
    </MessageFrame>
  );
});

/** What a message is besides: pinned, saved. */
function Marks({ message: { pinned, saved } }: { message: Message }) {
  const texts = messageTexts.messages;
  if (!pinned && !saved) return null;
  return (
    <p className={styles.marks}>
      {pinned && (
        <span>
          <Pin size={12} aria-hidden="true" />
          {texts.pinned}
        </span>
      )}
      {saved && (
        <span>
          <Bookmark size={12} aria-hidden="true" />
          {texts.saved}
        </span>
      )}
    </p>
  );
}

interface ReplyToProps {
  preview: ReplyPreview;
  place: Place;
  isInThread: boolean;
}

function ReplyTo({ preview, place, isInThread }: ReplyToProps) {
  const { id, author, deleted, files } = preview;
  const texts = messageTexts.messages;
  if (deleted) {
    return (
      <p className={styles.reply}>
        <CornerUpLeft size={14} aria-hidden="true" data-points-inline />
        <span>{texts.replyToGone}</span>
      </p>
    );
  }
  return (
    <Link
      to="."
      search={({ panel, thread }: ChannelSearch) =>
        isInThread ? { thread, message: id } : { panel, message: id }
      }
      className={styles.reply}
    >
      <CornerUpLeft size={14} aria-hidden="true" data-points-inline />
      <span>{texts.replyTo(author?.name ?? texts.gone)}</span>
      <bdi>{preview.text === '' && files > 0 ? attachmentTexts.files(files) : quoteOf(preview, place)}</bdi>
    </Link>
  );
}

function Forwarded({ preview, nameOf }: { preview: NonNullable<Message['forwarded']>; nameOf: MentionName }) {
  const texts = messageTexts.messages;
  return (
    <figure className={styles.forwarded}>
      <figcaption>
        {texts.forwarded} · <bdi>{preview.author?.name ?? texts.gone}</bdi>
      </figcaption>
      {preview.deleted && <p>{texts.forwardedGone}</p>}
      {preview.text !== '' && <MessageText text={preview.text} nameOf={nameOf} />}
      <Attachments attachments={preview.attachments} />
    </figure>
  );
}
