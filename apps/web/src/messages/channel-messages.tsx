import type { OwnAccount } from '@parley/contract';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { texts as pageTexts } from '../texts/texts.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Button } from '../ui/button.js';
import { problemText } from '../workspace/problem-text.js';
import { Composer } from './composer.js';
import { DayLine, NewLine } from './lines.js';
import { messagesIn } from './message-cache.js';
import { useMessageHandlers } from './message-handlers.js';
import { MessageItem } from './message-item.js';
import { MessageList } from './message-list.js';
import { messagesQuery, pendingQuery } from './message-queries.js';
import { rowsOf } from './message-rows.js';
import { newNonce } from './nonce.js';
import { PendingItem } from './pending-item.js';
import type { MessagesPlace, Place } from './place.js';
import { dropPending, sendMessage } from './send-message.js';
import { useReading } from './use-reading.js';
import styles from './channel-messages.module.css';

export interface ChannelMessagesProps {
  community: Place['community'];
  channel: MessagesPlace;
  me: OwnAccount;
  /** Stands above the first message of the channel. */
  beginning: ReactNode;
}

/** What is written in a channel, and the field to write in it. */
export function ChannelMessages({ community, channel, me, beginning }: ChannelMessagesProps) {
  const client = useQueryClient();
  const mayRead = channel.permissions.includes('read_history');
  const loaded = useInfiniteQuery({ ...messagesQuery(channel.id), enabled: mayRead });
  const { data: pending = [] } = useQuery(pendingQuery(channel.id));
  const messages = useMemo(() => (loaded.data === undefined ? [] : messagesIn(loaded.data)), [loaded.data]);
  const [isAtEnd, setAtEnd] = useState(true);
  const [editing, setEditing] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const onEditing = useCallback((id: string | null) => {
    setEditing(id);
    if (id === null) field.current?.focus();
  }, []);
  const firstNew = useReading({ channelId: channel.id, messages, me: me.id, isAtEnd });
  const rows = rowsOf(messages, firstNew);
  const handlers = useMessageHandlers(channel);
  const place = useMemo(() => ({ community, me: me.id }), [community, me.id]);
  const texts = messageTexts.messages;

  const { fetchNextPage, hasNextPage, isFetchingNextPage, isError } = loaded;
  const older = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);
  const canLoadOlder = hasNextPage && !isFetchingNextPage && !isError;
  const lastAuthor = messages.at(-1)?.author?.id;

  return (
    <>
      <MessageList
        label={texts.list(channel.name)}
        loadedPages={loaded.data?.pages.length ?? 0}
        onOlder={canLoadOlder ? older : undefined}
        isAtEnd={isAtEnd}
        onAtEnd={setAtEnd}
        ownSent={pending.at(-1)?.nonce}
      >
        {!mayRead && <p className={styles.note}>{texts.noHistory}</p>}
        {isError && (
          <div className={styles.note} role="alert">
            {problemText(loaded.error)}
            <Button onClick={() => void (loaded.data === undefined ? loaded.refetch() : fetchNextPage())}>
              {pageTexts.app.tryAgain}
            </Button>
          </div>
        )}
        {(!mayRead || (loaded.data !== undefined && !hasNextPage)) && beginning}
        {isFetchingNextPage && <p className={styles.note}>{texts.loadingOlder}</p>}
        {rows.map((row) => {
          if (row.kind === 'day') return <DayLine key={row.key} time={row.time} />;
          if (row.kind === 'new') return <NewLine key={row.key} />;
          return (
            <MessageItem
              key={row.key}
              message={row.message}
              isFirst={row.isFirst}
              place={place}
              isEditing={editing === row.key}
              permissions={channel.permissions}
              handlers={handlers}
              onEditing={onEditing}
            />
          );
        })}
        {pending.map((message, index) => (
          <PendingItem
            key={message.nonce}
            message={message}
            author={{ id: me.id, name: me.user_name }}
            isFirst={index === 0 && lastAuthor !== me.id}
            onRetry={(again) => void sendMessage(client, channel.id, again)}
            onDrop={({ nonce }) => dropPending(client, channel.id, nonce)}
          />
        ))}
      </MessageList>
      <Composer
        channel={channel}
        me={me.id}
        field={field}
        onSend={(text) => void sendMessage(client, channel.id, { nonce: newNonce(), text, time: Date.now() })}
        onEditLast={() => setEditing(messages.findLast(({ author }) => author?.id === me.id)?.id ?? null)}
      />
    </>
  );
}
