import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.js';
import type { FormState } from './use-form.js';
import styles from './form.module.css';

export interface FormProps {
  state: FormState;
  submit: string;
  /** What the button says while the form is on its way. */
  busy: string;
  size?: 'medium' | 'large';
  look?: 'primary' | 'danger';
  children?: ReactNode;
}

/** Fields and the button that sends them. */
export function Form({ state, submit, busy, size = 'large', look = 'primary', children }: FormProps) {
  const { form, problem, onSubmit } = state;
  return (
    <form ref={form} className={styles.form} onSubmit={onSubmit} noValidate>
      {children}
      {problem !== undefined && problem.field === undefined && (
        <p className={styles.problem} role="alert" data-testid="form-problem">
          {problem.text}
        </p>
      )}
      <Button type="submit" look={look} size={size} aria-disabled={state.busy} data-testid="submit">
        {state.busy && <LoaderCircle size={18} className={styles.spinner} />}
        {state.busy ? busy : submit}
      </Button>
    </form>
  );
}
