import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, ChevronDown, Clock } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import { scheduledApi } from '../api/scheduled.js';
import type { Chosen } from '../messages/mention-text.js';
import { newNonce } from '../messages/nonce.js';
import { resolveMentions, type MentionPlace } from '../messages/resolve-mentions.js';
import { scheduledTexts } from '../texts/scheduled/scheduled-texts.js';
import { IconButton } from '../ui/icon-button.js';
import menu from '../ui/menu.module.css';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import { changeScheduled } from './scheduled-queries.js';
import { sendTimes } from './send-times.js';
import { TimeDialog } from './time-dialog.js';
import { timeText } from './time-text.js';

export interface SendLaterProps extends MentionPlace {
  threadId: string | null;
  replyToId: string | null;
  text: string;
  chosen: Chosen;
  /** Why not, where that is so. */
  hasFiles: boolean;
  isDisabled: boolean;
  onScheduled: () => void;
}

/** The menu beside the button to send: when a message is to be sent. */
export function SendLater(props: SendLaterProps) {
  const { community, channel, threadId, replyToId, text, chosen, hasFiles, isDisabled, onScheduled } = props;
  const client = useQueryClient();
  const { notify } = useNotices();
  const [isChoosing, setChoosing] = useState(false);
  const [times, setTimes] = useState<ReturnType<typeof sendTimes>>([]);
  // Asked again after no answer came, the same words are scheduled once.
  const asked = useRef({ text: '', nonce: '' });
  const schedule = useMutation({
    mutationFn: async (time: Date) => {
      if (asked.current.text !== text) asked.current = { text, nonce: newNonce() };
      return scheduledApi.schedule({
        ...{ channel_id: channel.id, thread_id: threadId, reply_to_id: replyToId },
        ...{ nonce: asked.current.nonce, send_at: time.toISOString() },
        text: await resolveMentions(text.trim(), chosen, { community, channel }),
      });
    },
    onSuccess: (scheduled) => {
      asked.current = { text: '', nonce: '' };
      changeScheduled(client, scheduled.id, scheduled);
      notify(scheduledTexts.done(timeText(new Date(scheduled.send_at))));
      onScheduled();
    },
    onError: (error) => notify(problemText(error), 'problem'),
  });
  return (
    <>
      <DropdownMenu.Root modal={false} onOpenChange={(isOpen) => isOpen && setTimes(sendTimes(new Date()))}>
        <DropdownMenu.Trigger asChild>
          <IconButton
            size="small"
            label={scheduledTexts.menu}
            icon={<ChevronDown size={16} />}
            disabled={isDisabled || schedule.isPending}
          />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className={menu.content}
            side="top"
            align="end"
            sideOffset={6}
            collisionPadding={8}
          >
            <DropdownMenu.Label className={menu.label}>
              {hasFiles ? scheduledTexts.noFiles : scheduledTexts.later}
            </DropdownMenu.Label>
            {times.map(([name, time]) => (
              <DropdownMenu.Item
                key={name}
                className={menu.item}
                disabled={hasFiles}
                onSelect={() => schedule.mutate(time)}
              >
                <Clock size={17} />
                <span className={menu.text}>{scheduledTexts.times[name]}</span>
                <span className={menu.end}>{timeText(time)}</span>
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className={menu.separator} />
            <DropdownMenu.Item className={menu.item} disabled={hasFiles} onSelect={() => setChoosing(true)}>
              <CalendarClock size={17} />
              {scheduledTexts.own}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {isChoosing && (
        <TimeDialog onTime={(time) => schedule.mutate(time)} onClose={() => setChoosing(false)} />
      )}
    </>
  );
}
