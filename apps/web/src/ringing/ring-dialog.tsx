import type { OwnAccount, Ring } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Phone, PhoneOff } from 'lucide-react';
import { AlertDialog } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { callsApi } from '../api/calls.js';
import { conversationsQuery } from '../conversations/conversation-queries.js';
import { ringingTexts } from '../texts/ringing/ringing-texts.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { focusContent } from '../ui/focus-content.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import { RING_MS } from './ring-tone.js';
import { useAnswer } from './use-answer.js';
import { useRinging } from './use-ringing.js';
import styles from './ring-dialog.module.css';

export interface RingDialogProps {
  ring: Ring;
  me: OwnAccount;
  /** Whether one is in another call. */
  inCall: boolean;
  /** It shall ring no more here; others are told nothing. */
  onPutAway: () => void;
}

/** Somebody calls: answer, decline, or put it away with Escape. */
export function RingDialog({ ring, me, inCall, onPutAway }: RingDialogProps) {
  const { channel_id: id, caller } = ring;
  const { data: conversations } = useQuery(conversationsQuery);
  const answer = useAnswer(me);
  const { notify } = useNotices();
  const texts = ringingTexts.conversation;
  const conversation = conversations?.find((one) => one.id === id);
  const isNamed = conversation?.kind === 'group' && conversation.name !== '';
  const title = isNamed ? texts.callsIn(caller.name, conversation.name) : texts.calls(caller.name);
  useRinging(title, `parley:call:${id}`, inCall);
  useEnd(onPutAway);

  const decline = () => {
    onPutAway();
    callsApi.stop({ id }).catch((error: unknown) => notify(problemText(error), 'problem'));
  };
  return (
    <AlertDialog.Root open onOpenChange={onPutAway}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={styles.overlay}>
          {/* What one was just typing shall neither answer nor decline. */}
          <AlertDialog.Content className={styles.content} onOpenAutoFocus={focusContent} data-testid="ring">
            <span className={styles.picture}>
              <Avatar identity={caller.id} name={caller.name} size="fluid" />
            </span>
            <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
            <AlertDialog.Description className={styles.description}>
              {inCall ? texts.leavesOther : texts.incoming}
            </AlertDialog.Description>
            <div className={styles.buttons}>
              <Button look="danger" size="large" onClick={decline}>
                <PhoneOff size={19} />
                {texts.decline}
              </Button>
              <Button look="primary" size="large" onClick={() => answer(id, caller.name)}>
                <Phone size={19} />
                {texts.accept}
              </Button>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Overlay>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Also where nobody can tell this page any more that it is over. */
function useEnd(onEnd: () => void): void {
  const latest = useRef(onEnd);
  useEffect(() => {
    latest.current = onEnd;
  });
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), RING_MS);
    return () => clearTimeout(timer);
  }, []);
}
