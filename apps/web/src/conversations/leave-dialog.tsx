import type { Conversation } from '@parley/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { conversationsApi } from '../api/conversations.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import { conversationName } from './conversation-name.js';
import { conversationsQuery } from './conversation-queries.js';
import styles from './people-form.module.css';

export interface LeaveDialogProps {
  conversation: Conversation;
  me: string;
  onClose: () => void;
}

/** Asks before one leaves a group. */
export function LeaveDialog({ conversation, me, onClose }: LeaveDialogProps) {
  const { id } = conversation;
  const client = useQueryClient();
  const navigate = useNavigate();
  const { notify } = useNotices();
  const leave = useMutation({
    mutationFn: () => conversationsApi.leave({ id }),
    onSuccess: async () => {
      await navigate({ to: '/d' });
      client.setQueryData(conversationsQuery.queryKey, (all) => all?.filter((one) => one.id !== id));
    },
    onError: (error) => notify(problemText(error), 'problem'),
  });
  const texts = conversationTexts;
  return (
    <Dialog
      title={texts.leaveTitle(conversationName(conversation, me))}
      description={texts.leaveLead}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <div className={styles.answers}>
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button look="danger" data-autofocus aria-disabled={leave.isPending} onClick={() => leave.mutate()}>
          {texts.leave}
        </Button>
      </div>
    </Dialog>
  );
}
