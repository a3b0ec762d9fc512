import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Crown } from 'lucide-react';
import { useState } from 'react';
import { communitiesApi } from '../api/communities.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Button } from '../ui/button.js';
import { Select } from '../ui/select.js';
import { useNotices } from '../ui/use-notices.js';
import { communitiesQuery, communityQuery } from '../workspace/community-queries.js';
import { membersQuery } from './administration-queries.js';
import type { SectionProps } from './section-props.js';
import { ConfirmDialog } from './confirm-dialog.js';
import styles from './settings.module.css';

/** Giving the community to somebody else, and deleting it. */
export function OwnershipSection({ community, me }: SectionProps) {
  const texts = administrationTexts.ownership;
  const client = useQueryClient();
  const navigate = useNavigate();
  const { notify } = useNotices();
  const [isAsked, ask] = useState<'give' | 'delete'>();
  const [heir, setHeir] = useState('');
  const query = useInfiniteQuery(membersQuery(community.id, ''));
  const others = (query.data?.pages ?? [])
    .flatMap(({ members }) => members)
    .filter(({ person }) => person.id !== community.owner_id)
    .map(({ person }) => ({ value: person.id, label: person.display_name ?? person.user_name }));
  const chosen = others.find(({ value }) => value === heir);
  const mayGive = community.owner_id === me.id || me.permissions.includes('administer_instance');
  const give = async () => {
    await communitiesApi.giveTo({ id: community.id, user_id: heir });
    ask(undefined);
    await client.invalidateQueries(communityQuery(community.id));
    notify(texts.given(chosen?.label ?? ''));
  };
  const remove = async () => {
    await communitiesApi.delete({ id: community.id });
    ask(undefined);
    await navigate({ to: '/' });
    await client.invalidateQueries(communitiesQuery);
  };
  return (
    <>
      {mayGive && (
        <section className={styles.danger}>
          <h2 className={styles.subtitle}>{texts.give}</h2>
          <p className={styles.lead}>{texts.giveLead}</p>
          <Select
            label={texts.to}
            icon={<Crown size={17} />}
            options={others}
            value={heir}
            onChange={setHeir}
            placeholder={others.length === 0 ? texts.nobody : texts.to}
          />
          {query.hasNextPage && (
            <Button look="ghost" onClick={() => void query.fetchNextPage()}>
              {administrationTexts.more}
            </Button>
          )}
          <Button disabled={chosen === undefined} onClick={() => ask('give')}>
            {texts.give}
          </Button>
        </section>
      )}
      {community.permissions.includes('delete_community') && (
        <section className={styles.danger}>
          <h2 className={styles.subtitle}>{texts.delete}</h2>
          <p className={styles.lead}>{texts.deleteLead}</p>
          <Button look="danger" onClick={() => ask('delete')}>
            {texts.delete}
          </Button>
        </section>
      )}
      {isAsked === 'give' && chosen !== undefined && (
        <ConfirmDialog
          title={texts.giveTitle(community.name, chosen.label)}
          lead={texts.giveLead}
          submit={texts.give}
          onConfirm={give}
          onClose={() => ask(undefined)}
        />
      )}
      {isAsked === 'delete' && (
        <ConfirmDialog
          title={administrationTexts.deletion.channelTitle(community.name)}
          lead={texts.deleteLead}
          submit={texts.delete}
          typed={community.name}
          onConfirm={remove}
          onClose={() => ask(undefined)}
        />
      )}
    </>
  );
}
