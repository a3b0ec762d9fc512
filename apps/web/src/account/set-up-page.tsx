import { useQueryClient } from '@tanstack/react-query';
import { accountsApi } from '../api/accounts.js';
import { Form } from '../forms/form.js';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { learnAccount } from '../workspace/query-client.js';
import { CredentialsFields } from './credentials-fields.js';
import { EntryPage } from './entry-page.js';

export interface SetUpPageProps {
  /** Whether one is on another machine than the server. */
  codeNeeded: boolean;
  /** Whether people without an account may call. */
  guests: boolean;
}

const FIELDS = ['workspace_name', 'user_name', 'password'] as const;

/** The first page of a new server: whoever fills it in becomes the owner. */
export function SetUpPage({ codeNeeded, guests }: SetUpPageProps) {
  const client = useQueryClient();
  const texts = workspaceTexts.setUp;
  const ofLink = new URLSearchParams(location.search).get('setup') ?? '';
  const state = useForm(codeNeeded ? [...FIELDS, 'setup_code' as const] : FIELDS, async (valueOf) => {
    await accountsApi.setUp({
      workspace_name: valueOf('workspace_name'),
      user_name: valueOf('user_name'),
      password: valueOf('password'),
      ...(codeNeeded && { setup_code: valueOf('setup_code') }),
    });
    await learnAccount(client);
  });
  return (
    <EntryPage
      title={texts.title}
      lead={texts.lead}
      foot={guests ? texts.guests : texts.noGuests}
      testId="set-up"
    >
      <Form state={state} submit={texts.submit} busy={texts.busy}>
        {codeNeeded && (
          <TextField
            name="setup_code"
            label={texts.code}
            hint={texts.codeHint}
            problem={state.problem}
            defaultValue={ofLink}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            dir="ltr"
          />
        )}
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
