import type { Member, SeenPerson } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { meQuery } from '../workspace/account-queries.js';
import { isProblem } from '../api/problem-error.js';
import { presenceQuery } from '../presence/presence-queries.js';
import { PresenceDot } from '../presence/presence-dot.js';
import { peopleTexts } from '../texts/people/people-texts.js';
import { presenceTexts } from '../texts/presence/presence-texts.js';
import { Avatar } from '../ui/avatar.js';
import { communitiesQuery, communityQuery } from '../workspace/community-queries.js';
import { problemText } from '../workspace/problem-text.js';
import { memberQuery, personQuery } from './people-queries.js';
import { PersonActions } from './person-actions.js';
import styles from './person-card.module.css';
import { shownName } from './shown-name.js';

export interface PersonCardProps {
  id: string;
  /** What they are called here, until more is known. */
  name: string;
}

/** Who somebody is, and what one can do about them. */
export function PersonCard({ id, name }: PersonCardProps) {
  const { community } = useParams({ strict: false });
  const { data: me } = useQuery(meQuery);
  const seen = useQuery(personQuery(id));
  const { data: presence } = useQuery(presenceQuery(id));
  const { data: member } = useQuery({
    ...memberQuery(community ?? '', id),
    enabled: community !== undefined,
    retry: false,
  });
  const texts = peopleTexts.card;
  const person = seen.data?.person;
  const shown = member?.nickname ?? (person === undefined ? name : shownName(person));
  const status = [person?.status?.emoji, person?.status?.text].filter(Boolean).join(' ');
  return (
    <div className={styles.content}>
      <header className={styles.header}>
        <span className={styles.picture}>
          <Avatar identity={id} name={shown} />
        </span>
        <div className={styles.names}>
          <h2 className={styles.name}>
            <bdi>{shown}</bdi>
          </h2>
          {person !== undefined && (
            <p className={styles.userName}>
              <bdi>{person.user_name}</bdi>
              {seen.data?.pronouns != null && (
                <>
                  {' · '}
                  <bdi>{seen.data.pronouns}</bdi>
                </>
              )}
            </p>
          )}
          {presence !== undefined && (
            <p className={styles.presence}>
              <span aria-hidden="true" className={styles.dot}>
                <PresenceDot presence={presence} />
              </span>
              {presenceTexts.presence[presence]}
            </p>
          )}
        </div>
      </header>
      {seen.isError && (
        <p className={styles.note} role="alert">
          {isProblem(seen.error, 'not_found') ? texts.unknown : problemText(seen.error)}
        </p>
      )}
      {status !== '' && (
        <p className={styles.status} dir="auto">
          {status}
        </p>
      )}
      {seen.data?.about != null && (
        <p className={styles.about} dir="auto">
          {seen.data.about}
        </p>
      )}
      {member !== undefined && community !== undefined && <Roles communityId={community} member={member} />}
      {seen.data !== undefined && id !== me?.id && (
        <>
          <Common ids={seen.data.common_communities} />
          <PersonActions person={seen.data.person} relation={seen.data.relation} />
        </>
      )}
    </div>
  );
}

function Roles({ communityId, member }: { communityId: string; member: Member }) {
  const { data } = useQuery(communityQuery(communityId));
  const roles = data?.roles.filter(({ id }) => member.role_ids.includes(id)) ?? [];
  if (roles.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{peopleTexts.card.roles}</h3>
      <ul className={styles.roles}>
        {roles.map(({ id, name, colour }) => (
          <li key={id} className={styles.role}>
            <span
              className={styles.colour}
              style={{ background: colour === null ? undefined : colourText(colour) }}
              aria-hidden="true"
            />
            <span className={styles.cut} dir="auto">
              {name}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Common({ ids }: { ids: SeenPerson['common_communities'] }) {
  const { data = [] } = useQuery(communitiesQuery);
  const common = data.filter(({ id }) => ids.includes(id));
  if (common.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{peopleTexts.card.common(common.length)}</h3>
      <ul className={styles.roles}>
        {common.map(({ id, name }) => (
          <li key={id}>
            <Link to="/c/$community" params={{ community: id }} className={styles.role}>
              <span className={styles.cut} dir="auto">
                {name}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** As CSS writes it. */
function colourText(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}
