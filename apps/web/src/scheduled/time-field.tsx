import { useId, useState } from 'react';
import { scheduledTexts } from '../texts/scheduled/scheduled-texts.js';
import { fieldTime } from './send-times.js';
import styles from './scheduled.module.css';

export interface TimeFieldProps {
  /** As a field for date and time has it. */
  value: string;
  onChange: (value: string) => void;
}

/** A date and a time in the zone of the device, which is named. */
export function TimeField({ value, onChange }: TimeFieldProps) {
  const zone = useId();
  const [earliest] = useState(() => fieldTime(new Date()));
  return (
    <label className={styles.label}>
      {scheduledTexts.time}
      <input
        type="datetime-local"
        className={styles.input}
        aria-describedby={zone}
        required
        min={earliest}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={zone} className={styles.zone}>
        {scheduledTexts.zone(Intl.DateTimeFormat().resolvedOptions().timeZone)}
      </span>
    </label>
  );
}
