import { useQuery } from '@tanstack/react-query';
import { PhoneOutgoing } from 'lucide-react';
import card from '../call/invite-card.module.css';
import { conversationsQuery } from '../conversations/conversation-queries.js';
import { shownName } from '../people/shown-name.js';
import { ringingTexts } from '../texts/ringing/ringing-texts.js';
import { Avatar } from '../ui/avatar.js';
import styles from './calling-card.module.css';
import { isCalling } from './ring-state.js';
import { ringsQuery } from './rings-query.js';

/** Shown to whoever is alone in the call of a conversation: what became of calling each of the others. */
export function CallingCard({ channelId }: { channelId: string }) {
  const { data: rings } = useQuery(ringsQuery);
  const { data: conversations } = useQuery(conversationsQuery);
  const ring = rings?.find(({ channel_id }) => channel_id === channelId);
  const members = conversations?.find(({ id }) => id === channelId)?.members ?? [];
  const texts = ringingTexts.calling;
  const isOn = ring !== undefined && isCalling(ring);
  return (
    <aside className={card.card} data-testid="calling">
      <div role="status">
        <h2 className={styles.title}>
          {isOn && <PhoneOutgoing size={18} aria-hidden="true" />}
          {isOn ? texts.title : texts.nobody}
        </h2>
        <ul className={styles.people}>
          {ring?.people.map(({ id, state }) => {
            const person = members.find((one) => one.id === id);
            const name = person === undefined ? texts.gone : shownName(person);
            return (
              <li key={id} className={styles.person} data-state={state}>
                <Avatar identity={id} name={name} />
                <bdi className={styles.name}>{name}</bdi>
                <span className={styles.state}>{texts[state]}</span>
              </li>
            );
          })}
        </ul>
      </div>
    </aside>
  );
}
