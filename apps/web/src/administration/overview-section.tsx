import { useQueryClient } from '@tanstack/react-query';
import { communitiesApi } from '../api/communities.js';
import { Form } from '../forms/form.js';
import { TextField } from '../forms/text-field.js';
import { useForm } from '../forms/use-form.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { useNotices } from '../ui/use-notices.js';
import { communitiesQuery, communityQuery } from '../workspace/community-queries.js';
import type { SectionProps } from './section-props.js';

/** What a community is called and what it is for. */
export function OverviewSection({ community }: SectionProps) {
  const texts = administrationTexts;
  const client = useQueryClient();
  const { notify } = useNotices();
  const state = useForm(
    ['name'],
    async (valueOf) => {
      await communitiesApi.change({
        id: community.id,
        name: valueOf('name'),
        description: valueOf('description').trim(),
      });
      await client.invalidateQueries(communitiesQuery);
      await client.invalidateQueries(communityQuery(community.id));
      notify(texts.saved);
    },
    ['description'],
  );
  return (
    <Form state={state} submit={texts.save} busy={texts.saving} size="medium">
      <TextField
        name="name"
        label={texts.community.name}
        defaultValue={community.name}
        problem={state.problem}
        autoComplete="off"
      />
      <TextField
        name="description"
        label={texts.community.description}
        hint={texts.community.descriptionHint}
        defaultValue={community.description}
        problem={state.problem}
        autoComplete="off"
      />
    </Form>
  );
}
