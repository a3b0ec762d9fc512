import { useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '../api/accounts.js';
import { Form } from '../forms/form.js';
import { useForm } from '../forms/use-form.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { learnAccount } from '../workspace/query-client.js';
import { CredentialsFields } from './credentials-fields.js';
import { EntryPage } from './entry-page.js';
import { GuestCallLink } from './guest-call-link.js';

export interface SignInPageProps {
  workspace: string;
  /** Whether people without an account may call. */
  guests: boolean;
}

/** In place of every page of the workspace while nobody is signed in. */
export function SignInPage({ workspace, guests }: SignInPageProps) {
  const client = useQueryClient();
  const texts = workspaceTexts.signIn;
  const state = useForm(['user_name', 'password'], async (valueOf) => {
    await accountsApi.signIn({ user_name: valueOf('user_name'), password: valueOf('password') });
    await learnAccount(client);
  });
  return (
    <EntryPage
      title={texts.title(workspace)}
      lead={texts.lead}
      testId="sign-in"
      foot={
        <>
          <p>{texts.noAccount}</p>
          {guests && <GuestCallLink />}
        </>
      }
    >
      <Form state={state} submit={texts.submit} busy={texts.busy}>
        <CredentialsFields isNew={false} problem={state.problem} autoFocus />
      </Form>
    </EntryPage>
  );
}
