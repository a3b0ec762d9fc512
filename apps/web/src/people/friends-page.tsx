import type { Person } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Check, MessageCircle, UserMinus, UserRoundPlus, UsersRound, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { beginProblem, useBegin } from '../conversations/use-begin.js';
import { BackToConversations } from '../conversations/back-to-conversations.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { peopleTexts } from '../texts/people/people-texts.js';
import { texts as pageTexts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import { useNotices } from '../ui/use-notices.js';
import channelPage from '../workspace/channel-page.module.css';
import { problemText } from '../workspace/problem-text.js';
import { AddFriendForm } from './add-friend-form.js';
import styles from './friends-page.module.css';
import { relationsQuery } from './people-queries.js';
import { PersonRow } from './person-row.js';
import { shownName } from './shown-name.js';
import { useRelating, type Relating } from './use-relating.js';

/** Friends, requests, and whom one has blocked. */
export function FriendsPage({ narrow }: { narrow: boolean }) {
  const { data, isError, error, refetch } = useQuery(relationsQuery);
  const heading = useRef<HTMLHeadingElement>(null);
  const relating = useRelating();
  const relate = (person: Person, how: Relating) => () => relating.mutate({ person, how });
  const texts = peopleTexts.friends;

  useEffect(() => {
    if (narrow) heading.current?.focus();
  }, [narrow]);

  return (
    <>
      <header className={channelPage.header}>
        {narrow && <BackToConversations />}
        <span className={channelPage.icon}>
          <UsersRound size={18} aria-hidden="true" />
        </span>
        <h1 ref={heading} tabIndex={-1} className={channelPage.name}>
          {conversationTexts.friends}
        </h1>
      </header>
      <div className={styles.page} data-testid="friends">
        <AddFriendForm />
        {isError && (
          <div className={styles.note} role="alert">
            {problemText(error)}
            <Button onClick={() => void refetch()}>{pageTexts.app.tryAgain}</Button>
          </div>
        )}
        {data !== undefined && (
          <>
            <People title={texts.incoming} people={data.incoming}>
              {(person) => (
                <>
                  <IconButton
                    label={texts.accept(shownName(person))}
                    hint={texts.acceptShort}
                    icon={<Check size={19} />}
                    look="active"
                    onClick={relate(person, 'accept')}
                  />
                  <IconButton
                    label={texts.decline(shownName(person))}
                    hint={texts.declineShort}
                    icon={<X size={19} />}
                    look="control"
                    onClick={relate(person, 'remove')}
                  />
                </>
              )}
            </People>
            <People title={texts.outgoing} people={data.outgoing}>
              {(person) => (
                <Button aria-label={texts.withdrawOf(shownName(person))} onClick={relate(person, 'remove')}>
                  {texts.withdraw}
                </Button>
              )}
            </People>
            <People title={texts.title} people={data.friends}>
              {(person) => <FriendActions person={person} onRemove={relate(person, 'remove')} />}
            </People>
            {data.friends.length === 0 && (
              <div className={styles.nobody}>
                <UserRoundPlus size={26} aria-hidden="true" />
                <p>{texts.nobody}</p>
              </div>
            )}
            <People title={texts.blocked} people={data.blocked}>
              {(person) => (
                <Button aria-label={texts.unblock(shownName(person))} onClick={relate(person, 'unblock')}>
                  {conversationTexts.unblock}
                </Button>
              )}
            </People>
          </>
        )}
      </div>
    </>
  );
}

interface PeopleProps {
  title: (count: number) => string;
  people: readonly Person[];
  children: (person: Person) => ReactNode;
}

/** A list with a heading, or nothing for nobody. */
function People({ title, people, children }: PeopleProps) {
  if (people.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{title(people.length)}</h2>
      <ul>
        {people.map((person) => (
          <PersonRow key={person.id} person={person}>
            {children(person)}
          </PersonRow>
        ))}
      </ul>
    </section>
  );
}

function FriendActions({ person, onRemove }: { person: Person; onRemove: () => void }) {
  const begin = useBegin();
  const { notify } = useNotices();
  const texts = peopleTexts.friends;
  const write = () => {
    begin.mutate({ userIds: [person.id] }, { onError: (error) => notify(beginProblem(error), 'problem') });
  };
  return (
    <>
      <IconButton
        label={texts.message(shownName(person))}
        hint={texts.messageShort}
        icon={<MessageCircle size={19} />}
        look="control"
        onClick={write}
      />
      <IconButton
        label={texts.remove(shownName(person))}
        hint={texts.removeShort}
        icon={<UserMinus size={19} />}
        onClick={onRemove}
      />
    </>
  );
}
