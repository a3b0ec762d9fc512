import type { OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { FriendsPage } from '../people/friends-page.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import button from '../ui/button.module.css';
import { Splash } from '../ui/splash.js';
import { PlaceFailed } from '../workspace/place-failed.js';
import { PlaceNote } from '../workspace/place-note.js';
import { usePlaceTitle } from '../workspace/use-place-title.js';
import { conversationName } from './conversation-name.js';
import { ConversationPage } from './conversation-page.js';
import { conversationsQuery } from './conversation-queries.js';

export interface DirectPlaceProps {
  me: OwnAccount;
  /** Undefined where friends are to be shown. */
  channelId: string | undefined;
  narrow: boolean;
}

/** The main part of the page outside of communities: the conversation of the address, or one's friends. */
export function DirectPlace({ me, channelId, narrow }: DirectPlaceProps) {
  const { data, error, refetch } = useQuery(conversationsQuery);
  const conversation = data?.find(({ id }) => id === channelId);
  usePlaceTitle(
    channelId === undefined
      ? conversationTexts.friends
      : conversation && conversationName(conversation, me.id),
  );

  if (channelId === undefined) return <FriendsPage narrow={narrow} />;
  if (conversation !== undefined)
    return <ConversationPage conversation={conversation} narrow={narrow} me={me} />;
  if (data !== undefined) {
    return (
      <PlaceNote icon={<SearchX size={28} />} {...conversationTexts.notHere}>
        <Link to="/d" className={button.button} data-look="primary" data-size="medium">
          {conversationTexts.toConversations}
        </Link>
      </PlaceNote>
    );
  }
  if (error === null) return <Splash />;
  return <PlaceFailed error={error} onRetry={() => void refetch()} />;
}
