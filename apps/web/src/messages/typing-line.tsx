import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { messageTexts } from '../texts/messages/message-texts.js';
import type { MessageRowPlace } from './message-queries.js';
import { typingAt, typingQuery } from './typing.js';
import styles from './composer.module.css';

const NOBODY: readonly never[] = [];

/** Who is typing now. */
export function TypingLine({ place }: { place: MessageRowPlace }) {
  const { data = NOBODY, dataUpdatedAt } = useQuery(typingQuery(place));
  const [now, setNow] = useState(0);
  const current = typingAt(data, Math.max(now, dataUpdatedAt));

  useEffect(() => {
    if (data.length === 0) return;
    const next = Math.min(...data.map(({ until }) => until).filter((until) => until > Date.now()));
    if (!Number.isFinite(next)) return;
    const timer = setTimeout(() => setNow(next), next - Date.now());
    return () => clearTimeout(timer);
  }, [data, now]);

  return (
    <span className={styles.typing} data-testid="typing">
      {current.length > 0 && messageTexts.typing(current.map(({ name }) => name))}
    </span>
  );
}
