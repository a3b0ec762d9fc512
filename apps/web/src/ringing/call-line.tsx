import type { Message } from '@parley/contract';
import { Phone, PhoneMissed } from 'lucide-react';
import styles from './call-line.module.css';
import { callText } from './call-text.js';

export interface CallLineProps {
  call: NonNullable<Message['call']>;
  /** Name of who called; absent where one called oneself. */
  from: string | undefined;
}

/** Stands where a message has its text: there was a call. */
export function CallLine({ call, from }: CallLineProps) {
  const isMissed = call.seconds === null;
  return (
    <p className={styles.line} data-missed={isMissed && from !== undefined} data-testid="call-line">
      {isMissed ? <PhoneMissed size={16} aria-hidden="true" /> : <Phone size={16} aria-hidden="true" />}
      <span>{callText(call, from)}</span>
    </p>
  );
}
