import type { Conversation } from '@parley/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { conversationsApi } from '../api/conversations.js';
import { TextField } from '../forms/text-field.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { problemText } from '../workspace/problem-text.js';
import styles from './people-form.module.css';
import { keepConversation } from './use-begin.js';

export interface RenameDialogProps {
  conversation: Conversation;
  onClose: () => void;
}

/** Gives a group a name, or takes it away. */
export function RenameDialog({ conversation: { id, name: before }, onClose }: RenameDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(before);
  const rename = useMutation({
    mutationFn: () => conversationsApi.rename({ id, name: name.trim() }),
    onSuccess: (changed) => {
      keepConversation(client, changed);
      onClose();
    },
  });
  const texts = conversationTexts;
  const problem = rename.isError ? { field: 'name', text: problemText(rename.error) } : undefined;
  return (
    <Dialog
      title={texts.renameTitle}
      description={texts.renameLead}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!rename.isPending) rename.mutate();
        }}
      >
        <TextField
          name="name"
          label={texts.name}
          maxLength={100}
          autoComplete="off"
          autoFocus
          problem={problem}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" look="primary" size="large" aria-disabled={rename.isPending}>
          {rename.isPending ? texts.busy : texts.save}
        </Button>
      </form>
    </Dialog>
  );
}
