import type { Community } from '@parley/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { communitiesApi } from '../api/communities.js';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { communitiesQuery } from '../workspace/community-queries.js';
import { ConfirmDialog } from './confirm-dialog.js';
import styles from './dialog-form.module.css';

export interface LeaveDialogProps {
  community: Community;
  /** Id of who would leave. */
  me: string;
  onClose: () => void;
}

/** Leaves a community; its owner is told what comes before that. */
export function LeaveDialog({ community, me, onClose }: LeaveDialogProps) {
  const texts = administrationTexts.leave;
  const client = useQueryClient();
  const navigate = useNavigate();
  if (community.owner_id === me) return <OwnerStays community={community} onClose={onClose} />;
  const leave = async () => {
    await communitiesApi.leave({ id: community.id });
    onClose();
    await client.invalidateQueries(communitiesQuery);
    await navigate({ to: '/' });
  };
  return (
    <ConfirmDialog
      title={texts.title(community.name)}
      lead={texts.lead}
      submit={texts.submit}
      onConfirm={leave}
      onClose={onClose}
    >
      <ul className={styles.list}>
        {texts.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}

function OwnerStays({ community, onClose }: Omit<LeaveDialogProps, 'me'>) {
  const texts = administrationTexts.leave;
  return (
    <Dialog
      title={texts.ownerTitle(community.name)}
      description={texts.ownerLead}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <div className={styles.form}>
        <p className={styles.note}>{texts.ownerDetail}</p>
        <div className={styles.buttons}>
          <Button onClick={onClose}>{administrationTexts.cancel}</Button>
        </div>
      </div>
    </Dialog>
  );
}
