import type { CommunitySummary } from '@parley/contract';
import { useMutation } from '@tanstack/react-query';
import { Check, Clock, Copy, LoaderCircle, Users } from 'lucide-react';
import { useState } from 'react';
import { invitesApi } from '../api/invites.js';
import { texts } from '../texts/texts.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Button } from '../ui/button.js';
import { copyText } from '../ui/copy-text.js';
import { Dialog } from '../ui/dialog.js';
import { Select } from '../ui/select.js';
import { useNotices } from '../ui/use-notices.js';
import { problemText } from './problem-text.js';
import styles from './invite-dialog.module.css';

export interface InviteDialogProps {
  community: Pick<CommunitySummary, 'id' | 'name'>;
  onClose: () => void;
}

/** Makes a link by which others come into a community. */
export function InviteDialog({ community, onClose }: InviteDialogProps) {
  const { invite } = workspaceTexts;
  return (
    <Dialog
      title={invite.title(community.name)}
      description={invite.lead}
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <InviteForm communityId={community.id} />
    </Dialog>
  );
}

const HOUR = 3600;
/** Seconds, and numbers of uses; null for no limit. */
const LIFETIMES = [HOUR, 24 * HOUR, 7 * 24 * HOUR, 30 * 24 * HOUR, null];
const USES = [1, 10, 100, null];

function InviteForm({ communityId }: { communityId: string }) {
  const [lifetime, setLifetime] = useState<number | null>(7 * 24 * HOUR);
  const [uses, setUses] = useState<number | null>(null);
  const words = workspaceTexts.invite;
  const make = useMutation({
    mutationFn: () => invitesApi.create({ community_id: communityId, expires_in: lifetime, most_uses: uses }),
  });
  // A link is for what was chosen when it was made.
  const change = (set: (value: number | null) => void) => (value: string) => {
    set(value === 'null' ? null : Number(value));
    make.reset();
  };
  return (
    <div className={styles.form}>
      <div className={styles.choices}>
        <Select
          label={words.lifetime}
          icon={<Clock size={17} />}
          options={LIFETIMES.map((seconds) => ({ value: String(seconds), label: words.expires(seconds) }))}
          value={String(lifetime)}
          onChange={change(setLifetime)}
          placeholder={words.lifetime}
        />
        <Select
          label={words.uses}
          icon={<Users size={17} />}
          options={USES.map((count) => ({ value: String(count), label: words.mostUses(count) }))}
          value={String(uses)}
          onChange={change(setUses)}
          placeholder={words.uses}
        />
      </div>
      {make.isError && (
        <p className={styles.problem} role="alert">
          {problemText(make.error)}
        </p>
      )}
      {make.data === undefined ? (
        <Button
          look="primary"
          aria-disabled={make.isPending}
          onClick={() => !make.isPending && make.mutate()}
        >
          {make.isPending && <LoaderCircle size={17} className={styles.spinner} />}
          {words.make}
        </Button>
      ) : (
        <InviteLink link={`${location.origin}/invite/${make.data.code}`} />
      )}
    </div>
  );
}

function InviteLink({ link }: { link: string }) {
  const [copied, setCopied] = useState(false);
  const { notify, announce } = useNotices();
  const copy = async () => {
    const done = await copyText(link);
    setCopied(done);
    if (done) announce(texts.invite.announced);
    else notify(texts.invite.copyYourself(link));
  };
  return (
    <div className={styles.made}>
      <input
        className={styles.link}
        aria-label={texts.invite.link}
        data-testid="invite-link"
        value={link}
        dir="ltr"
        readOnly
        onFocus={(event) => event.target.select()}
      />
      {/* The button that made the link had the focus. */}
      <Button look="primary" autoFocus onClick={() => void copy()}>
        {copied ? <Check size={17} /> : <Copy size={17} />}
        {copied ? texts.invite.copied : texts.invite.copy}
      </Button>
    </div>
  );
}
