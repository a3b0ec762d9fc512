import { useInfiniteQuery } from '@tanstack/react-query';
import { moderationApi } from '../api/moderation.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { bansQuery } from './administration-queries.js';
import type { SectionProps } from './section-props.js';
import { dateAndTime } from './date-and-time.js';
import { LoadedList } from './loaded-list.js';
import { useDeed } from './use-deed.js';
import styles from './settings.module.css';

/** Who is kept out, why, and for how long. */
export function BansSection({ community }: SectionProps) {
  const texts = administrationTexts.bans;
  const query = useInfiniteQuery(bansQuery(community.id));
  const { busy, run } = useDeed([bansQuery(community.id).queryKey]);
  const mayLift = community.permissions.includes('ban_members');
  const bans = query.data?.pages.flatMap((page) => page.bans) ?? [];
  return (
    <LoadedList query={query} items={bans} empty={texts.empty} label={texts.label}>
      {({ person, reason, banned_at, until }) => {
        const name = person.display_name ?? person.user_name;
        return (
          <li key={person.id} className={styles.row}>
            <Avatar identity={person.id} name={name} />
            <div className={styles.text}>
              <p className={styles.name}>
                <bdi>{name}</bdi>
              </p>
              <p className={styles.detail}>
                {texts.since(dateAndTime(banned_at))} ·{' '}
                {until === null ? texts.forGood : texts.until(dateAndTime(until))}
              </p>
              {reason !== '' && (
                <p className={styles.detail} dir="auto">
                  {reason}
                </p>
              )}
            </div>
            {mayLift && (
              <Button
                disabled={busy}
                aria-label={texts.liftOf(name)}
                onClick={() => run(() => moderationApi.unban({ id: community.id, user_id: person.id }))}
              >
                {texts.lift}
              </Button>
            )}
          </li>
        );
      }}
    </LoadedList>
  );
}
