import { Info, TriangleAlert } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { NoticesContext, type NoticeTone } from './use-notices.js';
import styles from './notices.module.css';

interface Notice {
  id: number;
  text: string;
  tone: NoticeTone;
}

const SHOWN_MS = 4500;
const PROBLEM_SHOWN_MS = 9000;
const MOST_SHOWN = 3;
/** How long an announcement stays in the live region: long enough for a screen reader to take it up. */
const ANNOUNCED_MS = 3000;

/** Short messages in a corner of the page, and the live region that reads them out. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<Notice[]>([]);
  const [spoken, setSpoken] = useState<{ id: number; text: string }[]>([]);
  const nextId = useRef(0);

  const announce = useCallback((text: string) => {
    const id = nextId.current++;
    setSpoken((current) => [...current, { id, text }]);
    setTimeout(() => setSpoken((current) => current.filter((entry) => entry.id !== id)), ANNOUNCED_MS);
  }, []);

  const notify = useCallback(
    (text: string, tone: NoticeTone = 'neutral') => {
      const id = nextId.current++;
      setNotices((current) => [...current, { id, text, tone }].slice(-MOST_SHOWN));
      const shown = tone === 'problem' ? PROBLEM_SHOWN_MS : SHOWN_MS;
      setTimeout(() => setNotices((current) => current.filter((notice) => notice.id !== id)), shown);
      announce(text);
    },
    [announce],
  );

  const dismiss = useCallback(() => setNotices([]), []);

  const context = useMemo(() => ({ notify, dismiss, announce }), [notify, dismiss, announce]);
  return (
    <NoticesContext value={context}>
      {children}
      <ul className={styles.list} aria-hidden="true" data-testid="notices">
        {notices.map((notice) => (
          <li key={notice.id} className={styles.notice} data-tone={notice.tone}>
            {notice.tone === 'problem' ? <TriangleAlert size={18} /> : <Info size={18} />}
            <span>{notice.text}</span>
          </li>
        ))}
      </ul>
      <VisuallyHidden.Root>
        <div role="log" aria-live="polite" aria-label="Announcements" data-testid="announcements">
          {spoken.map((entry) => (
            <p key={entry.id}>{entry.text}</p>
          ))}
        </div>
      </VisuallyHidden.Root>
    </NoticesContext>
  );
}
