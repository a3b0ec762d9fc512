import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { writingWish } from '../finding/writing-wish.js';
import { useStore } from '../lib/use-store.js';
import { useOwnName } from '../presence/use-own-name.js';
import { texts as pageTexts } from '../texts/texts.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Button } from '../ui/button.js';
import type { PanelPlace } from '../workspace/panel-props.js';
import { problemText } from '../workspace/problem-text.js';
import { Composer } from './composer.js';
import { MessageDialog } from './message-dialog.js';
import { DayLine, NewLine } from './lines.js';
import { useMessageHandlers } from './message-handlers.js';
import { MessageItem } from './message-item.js';
import { MessageList } from './message-list.js';
import { pendingQuery, type MessageRowPlace } from './message-queries.js';
import { rowsOf } from './message-rows.js';
import { newNonce } from './nonce.js';
import { PendingItem } from './pending-item.js';
import { dropPending, sendMessage } from './send-message.js';
import { useMessageActions } from './use-message-actions.js';
import { useMessageWindow } from './use-message-window.js';
import { useReading } from './use-reading.js';
import styles from './messages-view.module.css';

export interface MessagesViewProps extends PanelPlace {
  /** Id of the message above the thread; null for the channel itself. */
  threadId: string | null;
  label: string;
  /** Id of the message that the address asks for. */
  asked: string | undefined;
  /** Whether the field to write takes the focus. */
  takesFocus: boolean;
  /** Stands above the first message. */
  beginning: ReactNode;
}

/** The messages of a channel or thread, and the field to write one. */
export function MessagesView(props: MessagesViewProps) {
  const { community, channel, me, threadId, label, asked, takesFocus, beginning } = props;
  const client = useQueryClient();
  const ownName = useOwnName(me);
  const mayRead = channel.permissions.includes('read_history');
  const place: MessageRowPlace = useMemo(() => ({ channelId: channel.id, threadId }), [channel.id, threadId]);
  const { loaded, messages, target, toPresent } = useMessageWindow({ place, mayRead, asked });
  const { data: pending = [] } = useQuery(pendingQuery(place));
  const [isAtEnd, setAtEnd] = useState(true);
  const handlers = useMessageHandlers();
  const acting = useMessageActions(handlers);
  const { act, editing, setEditing, answered, setAnswered, dialog, setDialog, isKept } = acting;
  const field = useRef<HTMLTextAreaElement>(null);
  const onEdited = useCallback(() => {
    setEditing(null);
    field.current?.focus();
  }, [setEditing]);

  const { fetchNextPage, hasNextPage, isFetchingNextPage, isError } = loaded;
  const { fetchPreviousPage, hasPreviousPage, isFetchingPreviousPage } = loaded;
  const older = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);
  const newer = useCallback(() => void fetchPreviousPage({ cancelRefetch: false }), [fetchPreviousPage]);
  const isIdle = !isFetchingNextPage && !isFetchingPreviousPage && !isError;

  const isSeen = isAtEnd && !hasPreviousPage && !isKept;
  const firstNew = useReading({ place, messages, me: me.id, isAtEnd: isSeen });
  const writing = { ...place, community, channel };
  const reader = useMemo(() => ({ community, me: me.id }), [community, me.id]);
  const texts = messageTexts.messages;

  useEffect(() => {
    if (answered !== undefined) field.current?.focus();
  }, [answered]);
  const isWished = useStore(writingWish) === channel.id && threadId === null;
  useEffect(() => {
    if (!isWished) return;
    // After the window that led here is gone, which holds the focus until then.
    const timer = setTimeout(() => {
      writingWish.set(undefined);
      field.current?.focus();
    });
    return () => clearTimeout(timer);
  }, [isWished]);

  return (
    <>
      <MessageList
        label={label}
        loadedPages={loaded.data?.pages.length ?? 0}
        newest={messages.at(-1)?.id}
        onOlder={hasNextPage && isIdle ? older : undefined}
        onNewer={hasPreviousPage && isIdle ? newer : undefined}
        isAtEnd={isAtEnd}
        onAtEnd={setAtEnd}
        hasNewer={hasPreviousPage}
        onPresent={toPresent}
        ownSent={pending.at(-1)?.nonce}
        target={target}
        isFromTop={threadId !== null}
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
        {rowsOf(messages, firstNew).map((row) => {
          if (row.kind === 'day') return <DayLine key={row.key} time={row.time} />;
          if (row.kind === 'new') return <NewLine key={row.key} />;
          return (
            <MessageItem
              key={row.key}
              message={row.message}
              isFirst={row.isFirst}
              place={reader}
              isInThread={threadId !== null}
              isEditing={editing === row.key}
              channel={channel}
              handlers={handlers}
              onAction={act}
              onEdited={onEdited}
            />
          );
        })}
        {pending.map((message, index) => (
          <PendingItem
            key={message.nonce}
            message={message}
            author={{ id: me.id, name: ownName }}
            isFirst={index === 0 && messages.at(-1)?.author?.id !== me.id}
            onRetry={(again) => void sendMessage(client, writing, again)}
            onDrop={({ nonce, files }) => {
              for (const file of files) file.cancel();
              dropPending(client, place, nonce);
            }}
          />
        ))}
      </MessageList>
      <Composer
        community={community}
        channel={channel}
        threadId={threadId}
        me={me.id}
        field={field}
        takesFocus={takesFocus}
        answered={answered}
        onAnswered={setAnswered}
        onSend={({ text, chosen, files }) => {
          if (hasPreviousPage) toPresent();
          setAnswered(undefined);
          void sendMessage(client, writing, {
            ...{ nonce: newNonce(), text, chosen, files, time: Date.now() },
            replyTo: answered === undefined ? null : { ...answered, files: answered.attachments.length },
          });
        }}
        onEditLast={() => setEditing(messages.findLast(({ author }) => author?.id === me.id)?.id ?? null)}
      />
      <MessageDialog dialog={dialog} handlers={handlers} onClose={() => setDialog(undefined)} />
    </>
  );
}
