import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Tabs } from 'radix-ui';
import { communitiesApi } from '../api/communities.js';
import { ProblemError } from '../api/problem-error.js';
import { Form } from '../forms/form.js';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Dialog } from '../ui/dialog.js';
import segments from '../ui/segments.module.css';
import { communitiesQuery } from '../workspace/community-queries.js';
import { inviteIn } from './invite-code.js';
import styles from './dialog-form.module.css';

export interface AddCommunityDialogProps {
  /** Whether one may make communities; else one joins those of others. */
  mayCreate: boolean;
  onClose: () => void;
}

/** Makes a community, or leads into one by its invite link. */
export function AddCommunityDialog({ mayCreate, onClose }: AddCommunityDialogProps) {
  const texts = administrationTexts.community;
  return (
    <Dialog
      title={texts.addTitle}
      description={mayCreate ? texts.addLead : texts.joinLead}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      {mayCreate ? (
        <Tabs.Root className={styles.form} defaultValue="create">
          <Tabs.List className={segments.segments} aria-label={texts.addTitle}>
            <Tabs.Trigger value="create" className={segments.segment}>
              {texts.create}
            </Tabs.Trigger>
            <Tabs.Trigger value="join" className={segments.segment}>
              {texts.join}
            </Tabs.Trigger>
          </Tabs.List>
          <Tabs.Content value="create">
            <CreateForm onClose={onClose} />
          </Tabs.Content>
          <Tabs.Content value="join">
            <JoinForm onClose={onClose} />
          </Tabs.Content>
        </Tabs.Root>
      ) : (
        <JoinForm onClose={onClose} />
      )}
    </Dialog>
  );
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const texts = administrationTexts.community;
  const client = useQueryClient();
  const navigate = useNavigate();
  const state = useForm(
    ['name'],
    async (valueOf) => {
      const made = await communitiesApi.create({
        name: valueOf('name'),
        description: valueOf('description').trim(),
      });
      await client.invalidateQueries(communitiesQuery);
      onClose();
      await navigate({ to: '/c/$community', params: { community: made.id } });
    },
    ['description'],
  );
  return (
    <Form state={state} submit={texts.make} busy={texts.making} size="medium">
      <TextField
        name="name"
        label={texts.name}
        placeholder={texts.namePlaceholder}
        problem={state.problem}
        autoComplete="off"
      />
      <TextField
        name="description"
        label={texts.description}
        hint={texts.descriptionHint}
        problem={state.problem}
        autoComplete="off"
      />
      <p className={styles.note}>{texts.beginsWith}</p>
    </Form>
  );
}

function JoinForm({ onClose }: { onClose: () => void }) {
  const texts = administrationTexts.community;
  const navigate = useNavigate();
  const state = useForm(['link'], async (valueOf) => {
    const pasted = inviteIn(valueOf('link'), location.origin);
    if ('wrong' in pasted) throw new ProblemError('invalid', texts[pasted.wrong], { field: 'link' });
    onClose();
    await navigate({ to: '/invite/$code', params: pasted });
  });
  return (
    <Form state={state} submit={texts.open} busy={texts.open} size="medium">
      <TextField
        name="link"
        label={texts.link}
        hint={texts.linkHint}
        placeholder={`${location.origin}/invite/…`}
        problem={state.problem}
        inputMode="url"
        autoComplete="off"
        dir="ltr"
      />
    </Form>
  );
}
