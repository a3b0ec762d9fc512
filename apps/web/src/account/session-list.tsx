import type { OwnSessions } from '@parley/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Monitor, Smartphone } from 'lucide-react';
import { accountsApi } from '../api/accounts.js';
import { deviceOf } from '../lib/device-name.js';
import { timeAgo } from '../lib/relative-time.js';
import { language } from '../texts/language.js';
import { texts } from '../texts/texts.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Button } from '../ui/button.js';
import { Splash } from '../ui/splash.js';
import { useNotices } from '../ui/use-notices.js';
import { sessionsQuery } from '../workspace/account-queries.js';
import { problemText } from '../workspace/problem-text.js';
import styles from './session-list.module.css';

type Session = OwnSessions['sessions'][number];

/** Where one is signed in; any of these sessions can be ended from here, but for the one that looks. */
export function SessionList() {
  const { data, error, refetch, dataUpdatedAt } = useQuery(sessionsQuery);
  const client = useQueryClient();
  const { notify } = useNotices();
  const end = useMutation({
    mutationFn: (id: string) => accountsApi.endSession({ id }),
    onSuccess: () => notify(workspaceTexts.sessions.ended),
    onError: (failure) => notify(problemText(failure), 'problem'),
    onSettled: () => client.invalidateQueries(sessionsQuery),
  });
  if (data === undefined) {
    if (error === null) return <Splash />;
    return (
      <div role="alert">
        <p>{problemText(error)}</p>
        <Button onClick={() => void refetch()}>{texts.app.tryAgain}</Button>
      </div>
    );
  }
  return (
    <>
      <p className={styles.lead}>{workspaceTexts.sessions.lead}</p>
      <ul className={styles.list}>
        {data.sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            now={dataUpdatedAt}
            ending={end.isPending && end.variables === session.id}
            onEnd={() => end.mutate(session.id)}
          />
        ))}
      </ul>
    </>
  );
}

interface SessionRowProps {
  session: Session;
  now: number;
  ending: boolean;
  onEnd: () => void;
}

function SessionRow({ session, now, ending, onEnd }: SessionRowProps) {
  const { browser, system, isPhone } = deviceOf(session.user_agent);
  const words = workspaceTexts.sessions;
  const name = words.device(browser, system);
  const Icon = isPhone ? Smartphone : Monitor;
  return (
    <li className={styles.row} data-testid="session">
      <Icon size={20} className={styles.icon} />
      <div className={styles.text}>
        <p className={styles.name}>{name}</p>
        <p className={styles.detail}>
          <span className={session.current ? styles.current : undefined}>
            {session.current ? words.current : timeAgo(Date.parse(session.seen_at), now, language.get())}
          </span>
          {' · '}
          <bdi>{session.address}</bdi>
        </p>
      </div>
      {!session.current && (
        <Button onClick={onEnd} disabled={ending} aria-label={words.endOf(name)}>
          {words.end}
        </Button>
      )}
    </li>
  );
}
