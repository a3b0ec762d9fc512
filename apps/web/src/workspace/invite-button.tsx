import type { CommunitySummary } from '@parley/contract';
import { UserPlus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import { lazyPart } from '../ui/lazy-part.js';

const InviteDialog = lazyPart(async () => (await import('./invite-dialog.js')).InviteDialog);

export interface InviteButtonProps {
  community: CommunitySummary;
  look: 'icon' | 'words';
  onClose?: () => void;
}

/** Opens the window in which one makes a link for others; nothing for who may not. */
export function InviteButton({ community, look, onClose }: InviteButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const label = workspaceTexts.invite.people;
  const close = () => {
    setOpen(false);
    onClose?.();
  };
  if (!community.permissions.includes('create_invites')) return null;
  return (
    <>
      {look === 'icon' ? (
        <IconButton label={label} icon={<UserPlus size={18} />} size="small" onClick={() => setOpen(true)} />
      ) : (
        <Button onClick={() => setOpen(true)}>
          <UserPlus size={17} />
          {label}
        </Button>
      )}
      {isOpen && (
        <Suspense>
          <InviteDialog community={community} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
