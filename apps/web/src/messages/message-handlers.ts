import { spelledEmoji, type Message } from '@parley/contract';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { messagesApi } from '../api/messages.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import { changeMessage, withoutMessage, withoutReaction, withReaction } from './message-cache.js';
import { changeLoaded, reloadMessages } from './message-queries.js';

/** What one does with messages that are there. */
export interface MessageHandlers {
  onReact: (message: Message, emoji: string) => void;
  /** Rejects where it was not granted. */
  onEdit: (message: Message, text: string) => Promise<void>;
  onDelete: (message: Message) => void;
  /** Pins it, or takes the pin away. */
  onPin: (message: Message) => void;
  /** Saves it for oneself, or forgets it. */
  onSave: (message: Message) => void;
  /** From this message on all is new again. */
  onUnread: (message: Message) => void;
}

/** They do not change. */
export function useMessageHandlers(): MessageHandlers {
  const client = useQueryClient();
  const { notify } = useNotices();
  return useMemo(() => {
    const asking = async (channelId: string, asked: Promise<unknown>, done?: string) => {
      try {
        await asked;
        if (done !== undefined) notify(done);
      } catch (error) {
        notify(problemText(error), 'problem');
        // What was shown already did not come about.
        reloadMessages(client, channelId);
      }
    };
    return {
      onReact: (message, emoji) => void asking(message.channel_id, toggleReaction(client, message, emoji)),
      onEdit: async (message, text) => {
        const { channel_id } = message;
        const edited = await messagesApi.edit({ channel_id, message_id: message.id, text });
        changeLoaded(client, channel_id, (loaded) => changeMessage(loaded, message.id, () => edited));
      },
      onDelete: ({ channel_id, id: message_id }) => {
        changeLoaded(client, channel_id, (loaded) => withoutMessage(loaded, message_id));
        void asking(channel_id, messagesApi.delete({ channel_id, message_id }));
      },
      onPin: ({ channel_id, id: message_id, pinned }) => {
        const { actions } = messageTexts;
        const ask = pinned ? messagesApi.unpin : messagesApi.pin;
        void asking(channel_id, ask({ channel_id, message_id }), pinned ? actions.unpinned : actions.pinned);
      },
      onSave: ({ channel_id, id: message_id, saved }) => {
        const { actions } = messageTexts;
        const ask = saved ? messagesApi.unsave : messagesApi.save;
        changeLoaded(client, channel_id, (loaded) =>
          changeMessage(loaded, message_id, (message) => ({ ...message, saved: !saved })),
        );
        void asking(channel_id, ask({ channel_id, message_id }), saved ? actions.unsaved : actions.saved);
      },
      onUnread: ({ channel_id, thread_id, id: message_id }) =>
        void asking(channel_id, messagesApi.markUnread({ channel_id, thread_id, message_id })),
    };
  }, [client, notify]);
}

async function toggleReaction(client: QueryClient, message: Message, chosen: string): Promise<void> {
  const emoji = spelledEmoji(chosen);
  const { channel_id, id: message_id } = message;
  const isMine = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
  const how = isMine ? withoutReaction : withReaction;
  changeLoaded(client, channel_id, (loaded) =>
    changeMessage(loaded, message_id, (current) => how(current, { emoji, mine: true })),
  );
  const ask = isMine ? messagesApi.unreact : messagesApi.react;
  await ask({ channel_id, message_id, emoji });
}
