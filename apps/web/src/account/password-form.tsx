import { useState } from 'react';
import { accountsApi } from '../api/accounts.js';
import { Form } from '../forms/form.js';
import { PasswordField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { useNotices } from '../ui/use-notices.js';

/** Changes one's password; all other sessions end. */
export function PasswordForm({ userName }: { userName: string }) {
  const { notify } = useNotices();
  // Fields that were sent are empty again.
  const [sent, setSent] = useState(0);
  const texts = workspaceTexts.password;
  const state = useForm(['current_password', 'new_password'], async (valueOf) => {
    await accountsApi.changePassword({
      current_password: valueOf('current_password'),
      new_password: valueOf('new_password'),
    });
    setSent((count) => count + 1);
    notify(texts.changed);
  });
  return (
    <Form state={state} submit={texts.submit} busy={texts.busy} size="medium">
      {/* For password managers: whose it is. */}
      <input type="text" autoComplete="username" value={userName} readOnly hidden />
      <PasswordField
        key={`current ${sent}`}
        name="current_password"
        label={texts.current}
        problem={state.problem}
        autoComplete="current-password"
      />
      <PasswordField
        key={`new ${sent}`}
        name="new_password"
        label={texts.next}
        hint={workspaceTexts.account.passwordHint}
        problem={state.problem}
        autoComplete="new-password"
      />
    </Form>
  );
}
