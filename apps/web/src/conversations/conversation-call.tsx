import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { CallScreen } from '../call/call-screen.js';
import { useCallPhase } from '../call/use-call.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import back from '../workspace/back-to-channels.module.css';
import page from '../workspace/voice-page.module.css';

/** The call of a conversation, in its place. */
export function ConversationCall({ narrow }: { narrow: boolean }) {
  const phase = useCallPhase();
  if (phase.name !== 'call') return null;
  const toList = (
    <Link to="/d" className={back.back} aria-label={conversationTexts.back}>
      <ArrowLeft size={20} data-points-inline />
    </Link>
  );
  return (
    <div className={page.call}>
      <CallScreen place={phase} joinedAt={phase.joinedAt} back={narrow && toList} />
    </div>
  );
}
