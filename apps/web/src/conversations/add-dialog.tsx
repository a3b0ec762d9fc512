import type { Conversation } from '@parley/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { conversationsApi } from '../api/conversations.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { Dialog } from '../ui/dialog.js';
import { MOST_OTHERS } from './begin-dialog.js';
import { conversationName } from './conversation-name.js';
import { PeopleForm } from './people-form.js';
import { keepConversation, useBegin } from './use-begin.js';

export interface AddDialogProps {
  conversation: Conversation;
  me: string;
  onClose: () => void;
}

/** Adds people to a group; with others, two begin a group. */
export function AddDialog({ conversation, me, onClose }: AddDialogProps) {
  const { id, kind, members } = conversation;
  const client = useQueryClient();
  const begin = useBegin();
  const add = useMutation({
    mutationFn: async (userIds: readonly string[]) => {
      for (const user_id of userIds) {
        keepConversation(client, await conversationsApi.addMember({ id, user_id }));
      }
    },
  });
  const isGroup = kind === 'group';
  const memberIds = new Set(members.map((member) => member.id));
  const send = (userIds: readonly string[]) => {
    if (isGroup) add.mutate(userIds, { onSuccess: onClose });
    else {
      const others = [...memberIds].filter((memberId) => memberId !== me);
      begin.mutate({ userIds: [...others, ...userIds] }, { onSuccess: onClose });
    }
  };
  const texts = conversationTexts;
  return (
    <Dialog
      title={texts.addTo(conversationName(conversation, me))}
      description={isGroup ? texts.addLead : texts.groupLead}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <PeopleForm
        most={MOST_OTHERS + 1 - members.length}
        without={memberIds}
        submit={() => (isGroup ? texts.addSubmit : texts.startGroup)}
        busy={add.isPending || begin.isPending}
        error={add.error ?? begin.error}
        onSend={(people) => send(people.map((person) => person.id))}
      />
    </Dialog>
  );
}
