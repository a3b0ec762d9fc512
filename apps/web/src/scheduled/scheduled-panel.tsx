import type { ScheduledMessage } from '@parley/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { messagesApi } from '../api/messages.js';
import { scheduledApi } from '../api/scheduled.js';
import { PanelList } from '../messages/panel-list.js';
import { scheduledTexts } from '../texts/scheduled/scheduled-texts.js';
import { useNotices } from '../ui/use-notices.js';
import type { PanelProps } from '../workspace/panel-props.js';
import { problemText } from '../workspace/problem-text.js';
import { ChangeDialog } from './change-dialog.js';
import { ScheduledCard } from './scheduled-card.js';
import { changeScheduled, scheduledQuery } from './scheduled-queries.js';

/** What one has written to be sent later, wherever. */
export function ScheduledPanel({ community }: PanelProps) {
  const scheduled = useQuery(scheduledQuery);
  const client = useQueryClient();
  const { notify } = useNotices();
  const [changing, setChanging] = useState<ScheduledMessage>();
  const onError = (error: Error) => notify(problemText(error), 'problem');
  const cancel = useMutation({
    mutationFn: ({ id }: ScheduledMessage) => scheduledApi.cancel({ id }),
    onSuccess: (_, { id }) => changeScheduled(client, id, null),
    onError,
  });
  const send = useMutation({
    mutationFn: async ({ id, channel_id, thread_id, reply_to_id, text }: ScheduledMessage) => {
      // With its id for a nonce: pressed again after no answer came, it is sent once.
      await messagesApi.send({ channel_id, thread_id, reply_to_id, text, nonce: id, attachment_ids: [] });
      await scheduledApi.cancel({ id });
    },
    onSuccess: (_, { id }) => changeScheduled(client, id, null),
    onError,
  });
  return (
    <>
      <PanelList
        query={scheduled}
        icon={<CalendarClock size={26} />}
        none={scheduledTexts.none}
        hint={scheduledTexts.hint}
      >
        {scheduled.data?.map((message) => (
          <ScheduledCard
            key={message.id}
            scheduled={message}
            community={community}
            isBusy={cancel.isPending || send.isPending}
            onChange={() => setChanging(message)}
            onSend={() => send.mutate(message)}
            onCancel={() => cancel.mutate(message)}
          />
        ))}
      </PanelList>
      {changing !== undefined && <ChangeDialog scheduled={changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}
