import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { TextField } from '../forms/text-field.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Avatar } from '../ui/avatar.js';
import { memberQuery, membersQuery } from './administration-queries.js';
import type { SectionProps } from './section-props.js';
import { dateAndTime } from './date-and-time.js';
import { LoadedList } from './loaded-list.js';
import { MemberMenu } from './member-menu.js';
import { ownRank } from './rank.js';
import { RoleChip } from './role-chip.js';
import styles from './settings.module.css';

/** Who is in a community, with their roles and what may be done about them. */
export function MembersSection({ community, me }: SectionProps) {
  const texts = administrationTexts.members;
  const [typed, setTyped] = useState('');
  const beginning = useDeferredValue(typed.trim());
  const query = useInfiniteQuery(membersQuery(community.id, beginning));
  const own = useQuery(memberQuery(community.id, me.id));
  const rank = ownRank(community, me, own.data ?? undefined);
  const members = query.data?.pages.flatMap((page) => page.members) ?? [];
  return (
    <>
      <TextField
        name="search"
        type="search"
        label={texts.search}
        problem={undefined}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
      />
      <LoadedList query={query} items={members} empty={texts.empty} label={texts.label}>
        {(member) => {
          const { person, nickname, role_ids, timed_out_until } = member;
          const name = nickname ?? person.display_name ?? person.user_name;
          return (
            <li key={person.id} className={styles.row}>
              <Avatar identity={person.id} name={name} />
              <div className={styles.text}>
                <p className={styles.name}>
                  <bdi>{name}</bdi>
                </p>
                <p className={styles.detail}>
                  <bdi>@{person.user_name}</bdi>
                  {person.id === community.owner_id && <> · {texts.owner}</>}
                </p>
                {timed_out_until !== null && (
                  <p className={styles.detail}>
                    <Clock size={12} aria-hidden="true" /> {texts.timedOut(dateAndTime(timed_out_until))}
                  </p>
                )}
                {role_ids.length > 0 && (
                  <ul className={styles.chips} aria-label={texts.rolesOf(name)}>
                    {community.roles
                      .filter(({ id }) => role_ids.includes(id))
                      .map((role) => (
                        <li key={role.id}>
                          <RoleChip role={role} />
                        </li>
                      ))}
                  </ul>
                )}
              </div>
              <MemberMenu community={community} member={member} me={me} rank={rank} />
            </li>
          );
        }}
      </LoadedList>
    </>
  );
}
