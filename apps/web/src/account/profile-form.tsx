import type { Profile } from '@parley/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { peopleApi } from '../api/people.js';
import { ProblemError } from '../api/problem-error.js';
import { TextField } from '../forms/text-field.js';
import { profileQuery } from '../presence/presence-queries.js';
import { peopleTexts } from '../texts/people/people-texts.js';
import { Button } from '../ui/button.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from '../workspace/problem-text.js';
import styles from './profile-form.module.css';

/** What one says of oneself. */
export function ProfileForm() {
  const { data: profile } = useQuery(profileQuery);
  return profile === undefined ? null : <Fields profile={profile} />;
}

const NAMES = ['display_name', 'pronouns', 'about'] as const;

function Fields({ profile }: { profile: Profile }) {
  const client = useQueryClient();
  const { notify } = useNotices();
  const texts = peopleTexts.profile;
  const save = useMutation({
    mutationFn: (fields: Record<(typeof NAMES)[number], string | null>) => peopleApi.change(fields),
    onSuccess: (changed) => {
      client.setQueryData(profileQuery.queryKey, changed);
      void client.invalidateQueries({ queryKey: ['person', changed.id] });
      notify(texts.saved);
    },
  });
  const wrong = save.error instanceof ProblemError ? save.error.field : undefined;
  const problem = save.isError
    ? { field: NAMES.find((name) => name === wrong) ?? 'display_name', text: problemText(save.error) }
    : undefined;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const valueOf = (name: string) => {
          const value = data.get(name);
          return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
        };
        if (save.isPending) return;
        save.mutate({
          display_name: valueOf('display_name'),
          pronouns: valueOf('pronouns'),
          about: valueOf('about'),
        });
      }}
    >
      <TextField
        name="display_name"
        label={texts.displayName}
        hint={texts.displayNameHint(profile.user_name)}
        defaultValue={profile.display_name ?? ''}
        maxLength={64}
        autoComplete="name"
        problem={problem}
      />
      <TextField
        name="pronouns"
        label={texts.pronouns}
        defaultValue={profile.pronouns ?? ''}
        maxLength={40}
        autoComplete="off"
        problem={problem}
      />
      <TextField
        name="about"
        label={texts.about}
        hint={texts.aboutHint}
        defaultValue={profile.about ?? ''}
        maxLength={200}
        autoComplete="off"
        problem={problem}
      />
      <Button type="submit" look="primary" aria-disabled={save.isPending}>
        {texts.submit}
      </Button>
    </form>
  );
}
