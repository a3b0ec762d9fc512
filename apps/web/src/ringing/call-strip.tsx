import { channelRoom, type Conversation, type OwnAccount } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Phone } from 'lucide-react';
import type { ReactNode } from 'react';
import { callsApi } from '../api/calls.js';
import { useCall, useCallPhase } from '../call/use-call.js';
import { conversationName } from '../conversations/conversation-name.js';
import { ringingTexts } from '../texts/ringing/ringing-texts.js';
import { Button } from '../ui/button.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import styles from './call-strip.module.css';
import { isCalled, isCalling } from './ring-state.js';
import { ringsQuery } from './rings-query.js';
import { useAnswer } from './use-answer.js';

/** Above what is written in a conversation: the call that is on there, and what one can do about it. */
export function CallStrip({ conversation, me }: { conversation: Conversation; me: OwnAccount }) {
  const { id } = conversation;
  const { session, ui } = useCall();
  const phase = useCallPhase();
  const { data: rings } = useQuery(ringsQuery);
  const join = useAnswer(me);
  const { notify } = useNotices();
  const navigate = useNavigate();
  const texts = ringingTexts.conversation;
  const ring = rings?.find(({ channel_id }) => channel_id === id);
  const isHere = phase.name !== 'idle' && phase.room === channelRoom(id);

  if (isHere && phase.name === 'joining') {
    return (
      <Strip says={texts.connecting}>
        <Button onClick={() => session.leave()}>{texts.cancel}</Button>
      </Strip>
    );
  }
  if (isHere && phase.name === 'call') {
    const showCall = () => {
      ui.messagesShown.set(false);
      // A panel that is open closes.
      void navigate({ to: '/d/$channel', params: { channel: id } });
    };
    return (
      <Strip says={texts.here}>
        <Button look="primary" onClick={showCall}>
          {texts.showCall}
        </Button>
      </Strip>
    );
  }
  if (ring === undefined) return null;
  const stop = () => callsApi.stop({ id }).catch((error: unknown) => notify(problemText(error), 'problem'));
  const amCalled = isCalled(ring, me.id);
  const amCalling = ring.caller.id === me.id && isCalling(ring);
  const says = amCalled ? texts.calls(ring.caller.name) : amCalling ? texts.youCall : texts.on;
  return (
    <Strip says={says}>
      {(amCalled || amCalling) && (
        <Button onClick={() => void stop()}>{amCalled ? texts.decline : texts.giveUp}</Button>
      )}
      <Button look="primary" onClick={() => join(id, conversationName(conversation, me.id))}>
        {amCalled ? texts.accept : texts.join}
      </Button>
    </Strip>
  );
}

function Strip({ says, children }: { says: string; children: ReactNode }) {
  return (
    <div className={styles.strip} data-testid="call-strip">
      <Phone size={17} aria-hidden="true" />
      <p className={styles.says} role="status">
        {says}
      </p>
      <div className={styles.buttons}>{children}</div>
    </div>
  );
}
