import type { RoomPeople } from '../lib/api.js';
import { texts } from '../texts/texts.js';
import { Avatar } from '../ui/avatar.js';
import styles from './people-here.module.css';

const MOST_NAMED = 2;
const MOST_AVATARS = 4;

/** Who is in the room that one is about to enter. Takes its place before that is known, so that nothing jumps. */
export function PeopleHere({ people }: { people: RoomPeople | undefined }) {
  const names = people?.names.slice(0, MOST_AVATARS) ?? [];
  return (
    <div className={styles.people} role="status" data-testid="people-here">
      {names.length > 0 && (
        <span className={styles.avatars}>
          {names.map((name, index) => (
            <Avatar key={index} identity="guest-" name={name} />
          ))}
        </span>
      )}
      {people !== undefined && <p className={styles.text}>{describe(people)}</p>}
    </div>
  );
}

/** People without a name are counted alone. */
function describe({ names, total }: RoomPeople): string {
  if (total === 0) return texts.lobby.nobodyHere;
  // Instead of "1 other" one says who it is.
  const most = total === MOST_NAMED + 1 ? total : MOST_NAMED;
  const named = names.slice(0, most);
  return texts.lobby.peopleHere(named, total - named.length);
}
