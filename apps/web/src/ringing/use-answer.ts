import type { OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { channelPlace } from '../call/call-place.js';
import { useJoinPlace } from '../call/use-join.js';
import { conversationName } from '../conversations/conversation-name.js';
import { conversationsQuery } from '../conversations/conversation-queries.js';

/** Goes to a conversation and joins its call. @param otherwise what the call is named as long as the conversation is not known. */
export function useAnswer(me: OwnAccount): (channel: string, otherwise: string) => void {
  const { data: conversations } = useQuery(conversationsQuery);
  const join = useJoinPlace();
  const navigate = useNavigate();
  return (channel, otherwise) => {
    const conversation = conversations?.find(({ id }) => id === channel);
    const title = conversation === undefined ? otherwise : conversationName(conversation, me.id);
    // Leaving a page ends what is joined from there.
    void navigate({ to: '/d/$channel', params: { channel } }).then(() =>
      join(channelPlace({ id: channel, communityId: null }, title), me.user_name),
    );
  };
}
