import type { Presence } from '@parley/contract';
import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { presenceQuery } from '../presence/presence-queries.js';
import { StatusEmoji } from '../presence/status-emoji.js';
import { peopleTexts } from '../texts/people/people-texts.js';
import { presenceTexts } from '../texts/presence/presence-texts.js';
import { texts as pageTexts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import type { PanelProps } from '../workspace/panel-props.js';
import { problemText } from '../workspace/problem-text.js';
import { Face } from './face.js';
import { memberGroups, nameIn } from './member-groups.js';
import styles from './members-panel.module.css';
import { membersQuery } from './people-queries.js';
import { PersonButton } from './person-button.js';

/** Who is in a community: those who are there by their roles, and those who are not. */
export function MembersPanel({ community }: PanelProps) {
  const [text, setText] = useState('');
  const query = useDeferredValue(text.trim());
  const members = useInfiniteQuery({
    ...membersQuery(community?.id ?? '', query),
    enabled: community !== undefined,
  });
  const all = members.data?.pages.flatMap((page) => page.members) ?? [];
  const presences = useQueries({
    queries: all.map(({ person }) => presenceQuery(person.id)),
    combine: (results) => new Map(results.map(({ data }, at) => [all[at]?.person.id, data])),
  });
  const groups = memberGroups(all, community?.roles ?? [], (id): Presence | undefined => presences.get(id));
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = members;
  const canLoad = hasNextPage && !isFetchingNextPage && !members.isError;
  const texts = peopleTexts.members;

  // Watched anew after each page: the end may still be in sight.
  useEffect(() => {
    if (end.current === null || !canLoad) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting === true && void fetchNextPage(),
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [canLoad, fetchNextPage, all.length]);

  const titleOf = (key: string, roleName: string | undefined) => {
    if (key === 'online') return presenceTexts.presence.online;
    return key === 'offline' ? presenceTexts.presence.offline : (roleName ?? '');
  };
  return (
    <div className={styles.panel}>
      <label className={styles.search}>
        <Search size={16} aria-hidden="true" />
        <input
          type="search"
          aria-label={texts.search}
          placeholder={texts.search}
          maxLength={64}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <div className={styles.list}>
        {members.isError && (
          <div className={styles.note} role="alert">
            {problemText(members.error)}
            <Button onClick={() => void members.refetch()}>{pageTexts.app.tryAgain}</Button>
          </div>
        )}
        {members.data !== undefined && all.length === 0 && <p className={styles.note}>{texts.none}</p>}
        {groups.map(({ key, role, members: own }) => (
          <section key={key} aria-label={titleOf(key, role?.name)}>
            <h3 className={styles.heading}>
              <bdi>{titleOf(key, role?.name)}</bdi> · {own.length}
            </h3>
            <ul>
              {own.map((member) => (
                <li key={member.person.id}>
                  <PersonButton
                    id={member.person.id}
                    name={nameIn(member)}
                    className={key === 'offline' ? styles.absent : styles.member}
                  >
                    <Face id={member.person.id} name={nameIn(member)} />
                    <span className={styles.words}>
                      <span className={styles.name}>
                        <bdi>{nameIn(member)}</bdi>
                        <StatusEmoji status={member.person.status} />
                      </span>
                      {member.person.status?.text != null && (
                        <span className={styles.below}>
                          <bdi>{member.person.status.text}</bdi>
                        </span>
                      )}
                    </span>
                  </PersonButton>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <div ref={end} />
      </div>
    </div>
  );
}
