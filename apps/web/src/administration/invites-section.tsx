import type { CommunityInvites } from '@parley/contract';
import { useQuery } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { invitesApi } from '../api/invites.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Button } from '../ui/button.js';
import { InviteButton } from '../workspace/invite-button.js';
import { invitesQuery } from './administration-queries.js';
import type { SectionProps } from './section-props.js';
import { dateAndTime } from './date-and-time.js';
import { LoadedList } from './loaded-list.js';
import { useDeed } from './use-deed.js';
import styles from './settings.module.css';

type Invite = CommunityInvites['invites'][number];

/** The links by which one can join now. */
export function InvitesSection({ community }: SectionProps) {
  const texts = administrationTexts.invites;
  const query = useQuery(invitesQuery(community.id));
  const { busy, run } = useDeed([invitesQuery(community.id).queryKey]);
  return (
    <>
      <div className={styles.head}>
        <p className={styles.lead}>
          {community.permissions.includes('manage_invites') ? texts.leadAll : texts.leadOwn}
        </p>
        <InviteButton community={community} look="words" onClose={() => void query.refetch()} />
      </div>
      <LoadedList query={query} items={query.data ?? []} empty={texts.empty} label={texts.label}>
        {(invite) => (
          <InviteRow
            key={invite.code}
            invite={invite}
            busy={busy}
            onEnd={() => run(() => invitesApi.end({ code: invite.code }))}
          />
        )}
      </LoadedList>
    </>
  );
}

interface InviteRowProps {
  invite: Invite;
  busy: boolean;
  onEnd: () => void;
}

function InviteRow({ invite, busy, onEnd }: InviteRowProps) {
  const texts = administrationTexts.invites;
  const { code, made_by, uses, most_uses, expires_at } = invite;
  return (
    <li className={styles.row}>
      <Mail size={20} />
      <div className={styles.text}>
        <p className={styles.name} dir="ltr">
          {code}
        </p>
        <p className={styles.detail}>
          {texts.madeBy(made_by.display_name ?? made_by.user_name)} · {texts.uses(uses, most_uses)} ·{' '}
          {expires_at === null ? texts.never : texts.until(dateAndTime(expires_at))}
        </p>
      </div>
      <Button disabled={busy} aria-label={texts.endOf(code)} onClick={onEnd}>
        {texts.end}
      </Button>
    </li>
  );
}
