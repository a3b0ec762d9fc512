import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Bell, BellOff, MessageSquareText } from 'lucide-react';
import { messagesApi } from '../api/messages.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { Button } from '../ui/button.js';
import { useNotices } from '../ui/use-notices.js';
import type { PanelProps } from '../workspace/panel-props.js';
import { problemText } from '../workspace/problem-text.js';
import { messageQuery } from './message-queries.js';
import { MessagesView } from './messages-view.js';
import { PanelList } from './panel-list.js';
import { ThreadRoot } from './thread-root.js';
import styles from './thread-panel.module.css';

/** A thread: the message above it, what was answered, and the field to answer. */
export function ThreadPanel({ search, isCovering, ...place }: PanelProps) {
  const { community, channel, me } = place;
  const threadId = search.thread ?? '';
  const found = useInfiniteQuery(messageQuery(channel.id, threadId));
  const { notify } = useNotices();
  const follow = useMutation({
    mutationFn: (isFollowing: boolean) => {
      const ask = isFollowing ? messagesApi.unfollow : messagesApi.follow;
      return ask({ channel_id: channel.id, thread_id: threadId });
    },
    onError: (error) => notify(problemText(error), 'problem'),
  });
  const [root] = found.data === undefined ? [] : found.data.pages.flatMap(({ messages }) => messages);
  const texts = messageTexts.thread;
  if (root === undefined) {
    return (
      <PanelList query={found} icon={<MessageSquareText size={26} />} none={texts.gone} hint={texts.goneHint}>
        {[]}
      </PanelList>
    );
  }
  const { thread } = root;
  return (
    <>
      {thread !== null && (
        <div className={styles.bar}>
          <span>{texts.replies(thread.reply_count)}</span>
          <Button look="ghost" onClick={() => follow.mutate(thread.following)}>
            {thread.following ? <BellOff size={16} /> : <Bell size={16} />}
            {thread.following ? texts.unfollow : texts.follow}
          </Button>
        </div>
      )}
      <MessagesView
        {...place}
        threadId={threadId}
        label={texts.list}
        asked={search.message}
        takesFocus={!isCovering && search.message === undefined}
        beginning={<ThreadRoot message={root} place={{ community, me: me.id }} channel={channel} />}
      />
    </>
  );
}
