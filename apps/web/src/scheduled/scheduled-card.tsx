import type { Community, ScheduledMessage } from '@parley/contract';
import { CalendarClock, Pencil, SendHorizontal, Trash2 } from 'lucide-react';
import card from '../messages/message-card.module.css';
import { MessageText, type MentionName } from '../messages/message-text.js';
import { useWhere } from '../messages/use-where.js';
import { scheduledTexts } from '../texts/scheduled/scheduled-texts.js';
import { IconButton } from '../ui/icon-button.js';
import styles from './scheduled.module.css';
import { timeText } from './time-text.js';

export interface ScheduledCardProps {
  scheduled: ScheduledMessage;
  community: Community | undefined;
  isBusy: boolean;
  onChange: () => void;
  onSend: () => void;
  onCancel: () => void;
}

/** A message that is sent later: where, when, what, and what can be done until then. */
export function ScheduledCard(props: ScheduledCardProps) {
  const { scheduled, community, isBusy, onChange, onSend, onCancel } = props;
  const { channel_id, send_at, text, refusal } = scheduled;
  const where = useWhere(channel_id);
  const nameOf: MentionName = (sign, id) => {
    if (sign === '#') return community?.channels.find((channel) => channel.id === id)?.name;
    return sign === '@&' ? community?.roles.find((role) => role.id === id)?.name : undefined;
  };
  return (
    <li className={card.card}>
      <article>
        {where !== undefined && (
          <p className={card.where}>
            <bdi>{where.name}</bdi>
          </p>
        )}
        <p className={styles.when}>
          <CalendarClock size={15} aria-hidden="true" />
          <time dateTime={send_at}>{timeText(new Date(send_at))}</time>
        </p>
        {refusal !== null && <p className={styles.refusal}>{scheduledTexts.refused(refusal)}</p>}
        <div className={card.text}>
          <MessageText text={text} nameOf={nameOf} />
        </div>
        <footer className={styles.actions}>
          <IconButton
            size="small"
            label={scheduledTexts.change}
            icon={<Pencil size={16} />}
            disabled={isBusy}
            onClick={onChange}
          />
          <IconButton
            size="small"
            label={scheduledTexts.sendNow}
            icon={<SendHorizontal size={16} data-points-inline />}
            disabled={isBusy}
            onClick={onSend}
          />
          <IconButton
            size="small"
            label={scheduledTexts.cancel}
            icon={<Trash2 size={16} />}
            disabled={isBusy}
            onClick={onCancel}
          />
        </footer>
      </article>
    </li>
  );
}
