import type { Conversation } from '@parley/contract';
import { Users } from 'lucide-react';
import { Face } from '../people/face.js';
import { shownName } from '../people/shown-name.js';
import { Avatar } from '../ui/avatar.js';
import { othersIn } from './conversation-name.js';
import styles from './conversation-face.module.css';

export interface ConversationFaceProps {
  conversation: Pick<Conversation, 'id' | 'kind' | 'members'>;
  me: string;
}

/** The other's picture, or the first two of a group. Decoration: the name stands beside it in words. */
export function ConversationFace({ conversation, me }: ConversationFaceProps) {
  const [first, second] = othersIn(conversation, me);
  if (first === undefined) {
    return (
      <span className={styles.nobody} aria-hidden="true">
        <Users size={18} />
      </span>
    );
  }
  if (second === undefined) return <Face id={first.id} name={shownName(first)} />;
  return (
    <span className={styles.group}>
      <Avatar identity={first.id} name={shownName(first)} />
      <Avatar identity={second.id} name={shownName(second)} />
    </span>
  );
}
