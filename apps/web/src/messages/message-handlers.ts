import type { Message } from '@parley/contract';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { messagesApi } from '../api/messages.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import { changeMessage, withoutMessage, withoutReaction, withReaction } from './message-cache.js';
import { changeLoaded, messagesQuery } from './message-queries.js';
import type { MessagesPlace } from './place.js';

/** What one does with messages that are there. */
export interface MessageHandlers {
  onReact: (message: Message, emoji: string) => void;
  /** Rejects where it was not granted. */
  onEdit: (message: Message, text: string) => Promise<void>;
  onDelete: (message: Message) => void;
  /** Pins it, or takes the pin away. */
  onPin: (message: Message) => void;
}

export function useMessageHandlers(channel: Pick<MessagesPlace, 'id'>): MessageHandlers {
  const client = useQueryClient();
  const { notify } = useNotices();
  const { id } = channel;
  return useMemo(() => {
    const tell = (error: unknown) => {
      notify(problemText(error), 'problem');
      // What was shown already did not come about.
      void client.invalidateQueries(messagesQuery(id));
    };
    return {
      onReact: (message, emoji) => void toggleReaction(client, message, emoji).catch(tell),
      onEdit: async (message, text) => {
        const { channel_id } = message;
        const edited = await messagesApi.edit({ channel_id, message_id: message.id, text });
        changeLoaded(client, channel_id, (loaded) => changeMessage(loaded, message.id, () => edited));
      },
      onDelete: ({ channel_id, id: message_id }) => {
        changeLoaded(client, channel_id, (loaded) => withoutMessage(loaded, message_id));
        void messagesApi.delete({ channel_id, message_id }).catch(tell);
      },
      onPin: ({ channel_id, id: message_id, pinned }) => {
        const ask = pinned ? messagesApi.unpin : messagesApi.pin;
        ask({ channel_id, message_id }).then(
          () => notify(pinned ? messageTexts.actions.unpinned : messageTexts.actions.pinned),
          tell,
        );
      },
    };
  }, [client, id, notify]);
}

async function toggleReaction(client: QueryClient, message: Message, emoji: string): Promise<void> {
  const { channel_id, id: message_id } = message;
  const isMine = message.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
  const how = isMine ? withoutReaction : withReaction;
  changeLoaded(client, channel_id, (loaded) =>
    changeMessage(loaded, message_id, (current) => how(current, { emoji, mine: true })),
  );
  const ask = isMine ? messagesApi.unreact : messagesApi.react;
  await ask({ channel_id, message_id, emoji });
}
