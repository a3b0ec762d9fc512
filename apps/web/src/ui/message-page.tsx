import { useEffect, useRef, type ReactNode } from 'react';
import styles from './message-page.module.css';

export interface MessagePageProps {
  icon: ReactNode;
  tone?: 'calm' | 'problem';
  title: string;
  detail: string;
  /** The room or thing that it is about. */
  place?: string;
  /** The ways on from here. */
  children: ReactNode;
  testId: string;
}

/** A page that has one thing to say. */
export function MessagePage({
  icon,
  tone = 'calm',
  title,
  detail,
  place,
  children,
  testId,
}: MessagePageProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  // What had the focus is gone with the page before.
  useEffect(() => heading.current?.focus(), []);

  return (
    <main className={styles.page} data-testid={testId}>
      <span className={styles.picture} data-tone={tone}>
        {icon}
      </span>
      <h1 ref={heading} tabIndex={-1} className={styles.title}>
        {title}
      </h1>
      <p className={styles.detail}>{detail}</p>
      {place !== undefined && (
        <p className={styles.place} dir="auto">
          {place}
        </p>
      )}
      <div className={styles.actions}>{children}</div>
    </main>
  );
}
