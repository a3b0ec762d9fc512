import { CallScreen } from '../call/call-screen.js';
import { useCallPhase } from '../call/use-call.js';
import page from '../workspace/voice-page.module.css';
import { BackToConversations } from './back-to-conversations.js';

/** The call of a conversation, in its place. */
export function ConversationCall({ narrow }: { narrow: boolean }) {
  const phase = useCallPhase();
  if (phase.name !== 'call') return null;
  return (
    <div className={page.call}>
      <CallScreen place={phase} joinedAt={phase.joinedAt} back={narrow && <BackToConversations />} />
    </div>
  );
}
