import type { Conversation, OwnAccount } from '@parley/contract';
import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { PersonButton } from '../people/person-button.js';
import { shownName } from '../people/shown-name.js';
import { StatusEmoji } from '../presence/status-emoji.js';
import { CallButton } from '../ringing/call-button.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import channel from '../workspace/channel-page.module.css';
import { PanelButton } from '../workspace/panel-button.js';
import { BackToConversations } from './back-to-conversations.js';
import { ConversationFace } from './conversation-face.js';
import { ConversationMenu } from './conversation-menu.js';
import { conversationName, othersIn } from './conversation-name.js';
import styles from './conversation-page.module.css';
import { MembersMenu } from './members-menu.js';

export interface ConversationHeaderProps {
  conversation: Conversation;
  me: OwnAccount;
  /** Whether the list of conversations is another page, to which a link leads back. */
  narrow: boolean;
}

/** With whom the conversation is that is open, and what one can do with it. */
export function ConversationHeader({ conversation, me, narrow }: ConversationHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { id, kind, members } = conversation;
  const isGroup = kind === 'group';
  const [other] = othersIn(conversation, me.id);

  // On a phone what had the focus is gone with the list.
  useEffect(() => {
    if (narrow) heading.current?.focus();
  }, [narrow, id]);

  return (
    <header className={channel.header}>
      {narrow && <BackToConversations />}
      <span className={styles.face}>
        <ConversationFace conversation={conversation} me={me.id} />
      </span>
      <h1 ref={heading} tabIndex={-1} className={channel.name} dir="auto">
        {isGroup || other === undefined ? (
          conversationName(conversation, me.id)
        ) : (
          <PersonButton id={other.id} name={shownName(other)}>
            {shownName(other)}
            <StatusEmoji status={other.status} />
          </PersonButton>
        )}
      </h1>
      {!isGroup && other?.status?.text != null && (
        <p className={channel.topic} dir="auto" title={other.status.text}>
          {other.status.text}
        </p>
      )}
      <div className={styles.buttons}>
        <CallButton conversation={conversation} me={me} />
        {isGroup && <MembersMenu members={members} />}
        <PanelButton panel="search" label={workspaceTexts.panel.search} icon={<Search size={19} />} />
        <ConversationMenu conversation={conversation} me={me.id} narrow={narrow} />
      </div>
    </header>
  );
}
