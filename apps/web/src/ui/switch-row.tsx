import { Switch } from 'radix-ui';
import { useId } from 'react';
import styles from './switch-row.module.css';

export interface SwitchRowProps {
  label: string;
  hint: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** A setting that is on or off, with a line that says what it does. */
export function SwitchRow({ label, hint, checked, disabled = false, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <div>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      </div>
      <span className={styles.end}>
        <Switch.Root
          id={id}
          className={styles.switch}
          checked={checked}
          disabled={disabled}
          onCheckedChange={onChange}
          aria-describedby={`${id}-hint`}
        >
          <Switch.Thumb className={styles.thumb} />
        </Switch.Root>
      </span>
    </div>
  );
}
