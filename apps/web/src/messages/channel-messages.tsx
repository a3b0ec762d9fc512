import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ChannelSearch } from '../lib/channel-search.js';
import { messageTexts } from '../texts/messages/message-texts.js';
import type { PanelPlace } from '../workspace/panel-props.js';
import { MessagesView } from './messages-view.js';

export interface ChannelMessagesProps extends PanelPlace {
  /** Stands above the first message of the channel. */
  beginning: ReactNode;
}

/** What is written in a channel, and the field to write in it. */
export function ChannelMessages(props: ChannelMessagesProps) {
  const { thread, message }: ChannelSearch = useSearch({ strict: false });
  return (
    <MessagesView
      {...props}
      threadId={null}
      label={messageTexts.messages.list(props.channel.name)}
      takesFocus={false}
      asked={thread === undefined ? message : undefined}
    />
  );
}
