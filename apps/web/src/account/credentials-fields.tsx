import { PasswordField, TextField } from '../forms/text-field.js';
import type { FormProblem } from '../forms/use-form.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';

export interface CredentialsFieldsProps {
  /** Whether the account is yet to be made. */
  isNew: boolean;
  problem: FormProblem | undefined;
  autoFocus?: boolean;
}

/** The user name and password, of an account or of one to be. */
export function CredentialsFields({ isNew, problem, autoFocus = false }: CredentialsFieldsProps) {
  const texts = workspaceTexts.account;
  return (
    <>
      <TextField
        name="user_name"
        label={texts.userName}
        problem={problem}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        autoFocus={autoFocus}
        {...(isNew && { hint: texts.userNameHint })}
      />
      <PasswordField
        name="password"
        label={texts.password}
        problem={problem}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        {...(isNew && { hint: texts.passwordHint })}
      />
    </>
  );
}
