import { MOST_KEYWORDS } from '@parley/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { notificationsApi } from '../api/notifications.js';
import { useStore } from '../lib/use-store.js';
import { notificationTexts } from '../texts/notifications/notification-texts.js';
import { Button } from '../ui/button.js';
import { SwitchRow } from '../ui/switch-row.js';
import { useNotices } from '../ui/use-notices.js';
import { LoadFailed } from '../workspace/load-failed.js';
import { problemText } from '../workspace/problem-text.js';
import { chooseDesktop, desktopChoice } from './desktop-choice.js';
import { notificationsQuery } from './notifications-query.js';
import { QuietHoursForm } from './quiet-hours-form.js';
import styles from './notification-settings.module.css';

/** Of what one wants to be told, and how. */
export function NotificationSettings() {
  const { data, error, refetch } = useQuery(notificationsQuery);
  const client = useQueryClient();
  const { notify } = useNotices();
  const texts = notificationTexts;
  if (error !== null && data === undefined)
    return <LoadFailed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return null;
  const change = async (wish: Parameters<typeof notificationsApi.change>[0]) => {
    try {
      await notificationsApi.change(wish);
      await client.invalidateQueries(notificationsQuery);
      return true;
    } catch (thrown) {
      notify(problemText(thrown), 'problem');
      return false;
    }
  };
  return (
    <>
      <h3 className={styles.heading}>{texts.desktop.title}</h3>
      <Desktop />
      <h3 className={styles.heading}>{texts.quiet.title}</h3>
      <QuietHoursForm quiet={data.quiet} onChange={(quiet) => void change({ quiet })} />
      <h3 className={styles.heading}>{texts.keywords.title}</h3>
      <Keywords
        keywords={data.keywords}
        onSave={async (keywords) => {
          if (await change({ keywords })) notify(texts.keywords.saved);
        }}
      />
    </>
  );
}

function Desktop() {
  const choice = useStore(desktopChoice);
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : undefined,
  );
  const texts = notificationTexts.desktop;
  if (permission === undefined) return <p className={styles.note}>{texts.missing}</p>;
  if (permission === 'denied') return <p className={styles.note}>{texts.denied}</p>;
  if (permission === 'default') {
    return (
      <div className={styles.ask}>
        <p className={styles.note}>{texts.lead}</p>
        <Button look="primary" onClick={() => void Notification.requestPermission().then(setPermission)}>
          {texts.ask}
        </Button>
      </div>
    );
  }
  return (
    <>
      <SwitchRow
        label={texts.on}
        hint={texts.onHint}
        checked={choice.on}
        onChange={(on) => chooseDesktop({ on })}
      />
      <SwitchRow
        label={texts.sound}
        hint={texts.soundHint}
        checked={choice.sound}
        onChange={(sound) => chooseDesktop({ sound })}
      />
    </>
  );
}

const LONGEST = 50;

function Keywords({
  keywords,
  onSave,
}: {
  keywords: readonly string[];
  onSave: (keywords: string[]) => Promise<void>;
}) {
  const [text, setText] = useState(keywords.join('\n'));
  const texts = notificationTexts.keywords;
  const words = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isTooMuch = words.length > MOST_KEYWORDS || words.some((word) => Array.from(word).length > LONGEST);
  return (
    <form
      className={styles.words}
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(words);
      }}
    >
      <p id="keywords-hint" className={styles.note}>
        {texts.hint}
      </p>
      <textarea
        className={styles.field}
        rows={4}
        dir="auto"
        aria-label={texts.title}
        aria-describedby="keywords-hint"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {isTooMuch && <p role="alert">{texts.tooMany(MOST_KEYWORDS)}</p>}
      <Button type="submit" disabled={isTooMuch || words.join('\n') === keywords.join('\n')}>
        {texts.save}
      </Button>
    </form>
  );
}
