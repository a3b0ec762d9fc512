import { Info, TriangleAlert, X } from 'lucide-react';
import { VisuallyHidden } from 'radix-ui';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { texts } from '../texts/texts.js';
import { NoticesContext, type NoticeTone } from './use-notices.js';
import styles from './notices.module.css';

interface Notice {
  id: number;
  text: string;
  tone: NoticeTone;
}

const SHOWN_MS = 4500;
const PROBLEM_SHOWN_MS = 9000;
/** Most that wait for their turn: one is shown at a time. */
const MOST_KEPT = 5;
/** How long an announcement stays in the live region: long enough for a screen reader to take it up. */
const ANNOUNCED_MS = 3000;

/**
 * Short messages at the top of the page, off faces and shared screens, and the live region that reads them out. The
 * latest is shown, or a problem, until its time is over or it is closed.
 */
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
      setNotices((current) => [...current, { id, text, tone }].slice(-MOST_KEPT));
      const shown = tone === 'problem' ? PROBLEM_SHOWN_MS : SHOWN_MS;
      setTimeout(() => setNotices((current) => current.filter((notice) => notice.id !== id)), shown);
      announce(text);
    },
    [announce],
  );

  const dismiss = useCallback(() => setNotices([]), []);
  const shown = notices.findLast(({ tone }) => tone === 'problem') ?? notices.at(-1);
  // Whoever closes one has seen enough: older ones do not come up behind it.
  const close = () =>
    setNotices((current) => current.filter(({ tone }) => tone === 'problem' && shown?.tone !== 'problem'));

  const context = useMemo(() => ({ notify, dismiss, announce }), [notify, dismiss, announce]);
  return (
    <NoticesContext value={context}>
      {children}
      <div className={styles.place} data-testid="notices">
        {shown !== undefined && (
          <aside
            key={shown.id}
            className={styles.notice}
            data-tone={shown.tone}
            aria-label={texts.app.notice}
          >
            {shown.tone === 'problem' ? <TriangleAlert size={18} /> : <Info size={18} />}
            <span className={styles.text} aria-hidden="true" dir="auto">
              {shown.text}
            </span>
            <button type="button" className={styles.close} aria-label={texts.app.closeNotice} onClick={close}>
              <X size={16} />
            </button>
          </aside>
        )}
      </div>
      <VisuallyHidden.Root>
        <div role="log" aria-live="polite" aria-label={texts.app.announcements} data-testid="announcements">
          {spoken.map((entry) => (
            <p key={entry.id}>{entry.text}</p>
          ))}
        </div>
      </VisuallyHidden.Root>
    </NoticesContext>
  );
}
