import { channelRoom, type Conversation, type OwnAccount } from '@parley/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { peopleApi } from '../api/people.js';
import { useCall, useCallPhase } from '../call/use-call.js';
import type { ChannelSearch } from '../lib/channel-search.js';
import { useStore } from '../lib/use-store.js';
import type { MessagesPlace } from '../messages/place.js';
import { relationsQuery } from '../people/people-queries.js';
import { shownName } from '../people/shown-name.js';
import { CallStrip } from '../ringing/call-strip.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { Button } from '../ui/button.js';
import { lazyPart } from '../ui/lazy-part.js';
import { Splash } from '../ui/splash.js';
import { useNotices } from '../ui/use-notices.js';
import { BesidePanel } from '../workspace/beside-panel.js';
import channelPage from '../workspace/channel-page.module.css';
import { problemText } from '../workspace/problem-text.js';
import { ConversationFace } from './conversation-face.js';
import { ConversationHeader } from './conversation-header.js';
import { conversationName, othersIn } from './conversation-name.js';
import styles from './conversation-page.module.css';

const ChannelMessages = lazyPart(
  async () => (await import('../messages/channel-messages.js')).ChannelMessages,
);

const ConversationCall = lazyPart(async () => (await import('./conversation-call.js')).ConversationCall);

export interface ConversationPageProps {
  conversation: Conversation;
  /** Whether the list of conversations is another page, to which a link leads back. */
  narrow: boolean;
  me: OwnAccount;
}

/** A conversation: with whom it is, and what is written in it, or the call that one is in there. */
export function ConversationPage({ conversation, narrow, me }: ConversationPageProps) {
  const { id, permissions } = conversation;
  const name = conversationName(conversation, me.id);
  const isCallShown = useIsCallShown(id);
  const place: MessagesPlace = { id, name, permissions, archived: false, slow_mode: 0 };
  if (isCallShown) {
    return (
      <Suspense fallback={<Splash />}>
        <ConversationCall narrow={narrow} />
      </Suspense>
    );
  }
  return (
    <BesidePanel place={{ community: undefined, channel: place, me }}>
      <ConversationHeader conversation={conversation} me={me} narrow={narrow} />
      <CallStrip conversation={conversation} me={me} />
      <Suspense fallback={<div className={channelPage.loading} />}>
        <ChannelMessages
          key={id}
          community={undefined}
          channel={place}
          me={me}
          beginning={<Beginning conversation={conversation} me={me.id} />}
        />
      </Suspense>
      {conversation.kind === 'direct' && <Blocked conversation={conversation} me={me.id} />}
    </BesidePanel>
  );
}

/** Whether one is in its call, and does not look for what is written there. */
function useIsCallShown(id: string): boolean {
  const { ui } = useCall();
  const phase = useCallPhase();
  const { message, thread, panel }: ChannelSearch = useSearch({ strict: false });
  const areMessagesShown = useStore(ui.messagesShown);
  const isLookingFor = message !== undefined || thread !== undefined || panel !== undefined;
  // They stay when the panel is closed.
  useEffect(() => {
    if (isLookingFor) ui.messagesShown.set(true);
  }, [ui, isLookingFor]);
  const isIn = phase.name === 'call' && phase.room === channelRoom(id);
  return isIn && !areMessagesShown && !isLookingFor;
}

/** Stands where the conversation begins. */
function Beginning({ conversation, me }: { conversation: Conversation; me: string }) {
  const name = conversationName(conversation, me);
  const { beginningGroup, beginningDirect } = conversationTexts;
  return (
    <section className={channelPage.welcome}>
      <span className={styles.picture}>
        <ConversationFace conversation={conversation} me={me} />
      </span>
      <h2 className={channelPage.title} dir="auto">
        {name}
      </h2>
      <p className={channelPage.detail}>
        {conversation.kind === 'group' ? beginningGroup(name) : beginningDirect(name)}
      </p>
    </section>
  );
}

/** Why one cannot write to whom one has blocked. */
function Blocked({ conversation, me }: { conversation: Conversation; me: string }) {
  const { data: relations } = useQuery(relationsQuery);
  const { notify } = useNotices();
  const [other] = othersIn(conversation, me);
  const unblock = useMutation({
    mutationFn: (user_id: string) => peopleApi.unblock({ user_id }),
    onError: (error) => notify(problemText(error), 'problem'),
  });
  if (other === undefined || relations?.blocked.some(({ id }) => id === other.id) !== true) return null;
  return (
    <div className={styles.blocked}>
      <p>{conversationTexts.youBlocked(shownName(other))}</p>
      <Button aria-disabled={unblock.isPending} onClick={() => unblock.mutate(other.id)}>
        {conversationTexts.unblock}
      </Button>
    </div>
  );
}
