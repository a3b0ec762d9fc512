import { useQuery } from '@tanstack/react-query';
import { PencilLine } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { messageTexts } from '../texts/messages/message-texts.js';
import { draftIn, draftsQuery } from './draft-queries.js';
import styles from './unread-mark.module.css';

/** That one has begun to write in a channel, beside its name. */
export function DraftMark({ channelId }: { channelId: string }) {
  const { data } = useQuery(draftsQuery);
  if (data === undefined || draftIn(data, { channelId, threadId: null }) === undefined) return null;
  return (
    <span className={styles.draft}>
      <PencilLine size={14} aria-hidden="true" />
      <VisuallyHidden.Root>{messageTexts.draft}</VisuallyHidden.Root>
    </span>
  );
}
