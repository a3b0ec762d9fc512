import { useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '../api/accounts.js';
import { invitesApi } from '../api/invites.js';
import { Form } from '../forms/form.js';
import { useForm } from '../forms/use-form.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Button } from '../ui/button.js';
import { learnAccount } from '../workspace/query-client.js';
import { useSignOut } from '../workspace/use-sign-out.js';
import { CredentialsFields } from './credentials-fields.js';
import styles from './invite-page.module.css';

interface JoinProps {
  code: string;
  onJoined: () => void;
}

/** For who is signed in: one press. */
export function JoinByAccount({ code, onJoined }: JoinProps) {
  const texts = workspaceTexts.invitation;
  const signOut = useSignOut();
  const state = useForm([], async () => {
    await invitesApi.accept({ code });
    onJoined();
  });
  return (
    <>
      <Form state={state} submit={texts.join} busy={texts.busy} />
      <Button className={styles.other} look="ghost" onClick={() => signOut.mutate()}>
        {texts.otherAccount}
      </Button>
    </>
  );
}

/** For who is not signed in: with a new account, or with one that there is. */
export function JoinByName({ code, isNew, onJoined }: JoinProps & { isNew: boolean }) {
  const client = useQueryClient();
  const texts = workspaceTexts.invitation;
  const state = useForm(['user_name', 'password'], async (valueOf) => {
    const credentials = { user_name: valueOf('user_name'), password: valueOf('password') };
    if (isNew) {
      await invitesApi.acceptAsNew({ code, ...credentials });
    } else {
      await accountsApi.signIn(credentials);
      try {
        await invitesApi.accept({ code });
      } catch (error) {
        // Signed in one is all the same.
        await learnAccount(client);
        throw error;
      }
    }
    onJoined();
  });
  return (
    <Form state={state} submit={isNew ? texts.create : texts.signIn} busy={texts.busy}>
      <CredentialsFields isNew={isNew} problem={state.problem} autoFocus />
    </Form>
  );
}
