import { useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '../api/accounts.js';
import { Form } from '../forms/form.js';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { learnAccount } from '../workspace/query-client.js';
import { CredentialsFields } from './credentials-fields.js';
import { EntryPage } from './entry-page.js';

/** The first page of a new server: whoever fills it in becomes the owner. */
export function SetUpPage() {
  const client = useQueryClient();
  const texts = workspaceTexts.setUp;
  const state = useForm(['workspace_name', 'user_name', 'password'], async (valueOf) => {
    await accountsApi.setUp({
      workspace_name: valueOf('workspace_name'),
      user_name: valueOf('user_name'),
      password: valueOf('password'),
    });
    await learnAccount(client);
  });
  return (
    <EntryPage title={texts.title} lead={texts.lead} testId="set-up">
      <Form state={state} submit={texts.submit} busy={texts.busy}>
        <TextField
          name="workspace_name"
          label={texts.name}
          placeholder={texts.namePlaceholder}
          problem={state.problem}
          autoComplete="organization"
          autoFocus
        />
        <CredentialsFields isNew problem={state.problem} />
      </Form>
    </EntryPage>
  );
}
