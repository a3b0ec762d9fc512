import { DoorOpen, House, LogIn, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../ui/button.js';
import type { CallEnd } from './call-end.js';
import styles from './ended.module.css';

export interface EndedProps {
  end: CallEnd;
  room: string;
  onRejoin: () => void;
  onHome: () => void;
}

/** After a call: what happened, and the way back. */
export function Ended({ end, room, onRejoin, onHome }: EndedProps) {
  const title = useRef<HTMLHeadingElement>(null);

  // The button that had the focus is gone with the call.
  useEffect(() => title.current?.focus(), []);

  return (
    <main className={styles.page} data-testid="ended">
      <span className={styles.picture} data-tone={end.tone}>
        {end.tone === 'problem' ? <TriangleAlert size={30} /> : <DoorOpen size={30} />}
      </span>
      <h1 ref={title} tabIndex={-1} className={styles.title}>
        {end.title}
      </h1>
      <p className={styles.detail}>{end.detail}</p>
      <p className={styles.room}>{room}</p>
      <div className={styles.actions}>
        {end.canRejoin && (
          <Button look="primary" size="large" onClick={onRejoin} data-testid="rejoin">
            <LogIn size={19} />
            Join again
          </Button>
        )}
        <Button size="large" onClick={onHome} data-testid="home">
          <House size={19} />
          Front page
        </Button>
      </div>
    </main>
  );
}
