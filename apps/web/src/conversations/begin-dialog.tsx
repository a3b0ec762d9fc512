import { useState } from 'react';
import { TextField } from '../forms/text-field.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { Dialog } from '../ui/dialog.js';
import { PeopleForm } from './people-form.js';
import { useBegin } from './use-begin.js';

/** A group has at most ten members, and one is oneself. */
export const MOST_OTHERS = 9;

export interface BeginDialogProps {
  me: string;
  onClose: () => void;
}

/** Begins a conversation with people whom one chooses. */
export function BeginDialog({ me, onClose }: BeginDialogProps) {
  const begin = useBegin();
  const [name, setName] = useState('');
  const texts = conversationTexts;
  return (
    <Dialog
      title={texts.start}
      description={texts.startLead}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <PeopleForm
        most={MOST_OTHERS}
        without={new Set([me])}
        submit={(count) => (count > 1 ? texts.startGroup : texts.startDirect)}
        busy={begin.isPending}
        error={begin.error}
        onSend={(people) =>
          begin.mutate({ userIds: people.map(({ id }) => id), name: name.trim() }, { onSuccess: onClose })
        }
      >
        {(count) =>
          count > 1 && (
            <TextField
              name="name"
              label={texts.picker.groupName}
              maxLength={100}
              autoComplete="off"
              problem={undefined}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )
        }
      </PeopleForm>
    </Dialog>
  );
}
