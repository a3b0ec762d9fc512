import { Eye, EyeOff } from 'lucide-react';
import { useId, useState, type ComponentProps } from 'react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { IconButton } from '../ui/icon-button.js';
import type { FormProblem } from './use-form.js';
import styles from './text-field.module.css';

export interface TextFieldProps extends ComponentProps<'input'> {
  name: string;
  label: string;
  hint?: string;
  /** What is wrong with the form; shown here if it is about this field. */
  problem: FormProblem | undefined;
}

/** One line to fill in, with its label, a hint, and what is wrong with it. */
export function TextField({ name, label, hint, problem, children, ...input }: TextFieldProps) {
  const id = useId();
  const wrong = problem?.field === name ? problem.text : undefined;
  const below = wrong ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={styles.line}>
        <input
          dir="auto"
          {...input}
          id={id}
          name={name}
          className={styles.input}
          aria-invalid={wrong !== undefined}
          aria-describedby={below === undefined ? undefined : `${id}-below`}
        />
        {children}
      </div>
      {below !== undefined && (
        <p
          id={`${id}-below`}
          className={wrong === undefined ? styles.hint : styles.wrong}
          role={wrong === undefined ? undefined : 'alert'}
        >
          {below}
        </p>
      )}
    </div>
  );
}

/** A password, which can be looked at while one types. */
export function PasswordField(props: Omit<TextFieldProps, 'type'>) {
  const [shown, setShown] = useState(false);
  const texts = workspaceTexts.account;
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      dir="ltr"
      autoCapitalize="none"
      spellCheck={false}
    >
      <IconButton
        label={texts.showPassword}
        hint={shown ? texts.hidePassword : texts.showPassword}
        icon={shown ? <EyeOff size={18} /> : <Eye size={18} />}
        size="small"
        className={styles.reveal}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      />
    </TextField>
  );
}
