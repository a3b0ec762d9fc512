import type { Person } from '@parley/contract';
import { LoaderCircle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { PeoplePicker } from '../people/people-picker.js';
import { conversationTexts } from '../texts/conversations/conversation-texts.js';
import { Button } from '../ui/button.js';
import { beginProblem } from './use-begin.js';
import styles from './people-form.module.css';

export interface PeopleFormProps {
  most: number;
  without: ReadonlySet<string>;
  submit: (count: number) => string;
  busy: boolean;
  /** Null for none. */
  error: Error | null;
  onSend: (people: readonly Person[]) => void;
  /** Stands below the people, by how many there are. */
  children?: (count: number) => ReactNode;
}

/** Chooses people, and does something with them. */
export function PeopleForm(props: PeopleFormProps) {
  const { most, without, submit, busy, error, onSend, children } = props;
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const canSend = chosen.length > 0 && !busy;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) onSend(chosen);
      }}
    >
      <PeoplePicker chosen={chosen} onChange={setChosen} most={most} without={without} />
      {children?.(chosen.length)}
      {error !== null && (
        <p className={styles.problem} role="alert">
          {beginProblem(error)}
        </p>
      )}
      <Button type="submit" look="primary" size="large" aria-disabled={!canSend}>
        {busy && <LoaderCircle size={18} className={styles.spinner} />}
        {busy ? conversationTexts.busy : submit(chosen.length)}
      </Button>
    </form>
  );
}
