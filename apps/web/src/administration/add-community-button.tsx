import { Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { administrationTexts } from '../texts/administration/administration-texts.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import { lazyPart } from '../ui/lazy-part.js';

const AddCommunityDialog = lazyPart(
  async () => (await import('./add-community-dialog.js')).AddCommunityDialog,
);

export interface AddCommunityButtonProps {
  /** Whether one may make communities; else one joins those of others. */
  mayCreate: boolean;
  look: 'icon' | 'words';
}

/** Opens the window in which one makes or joins a community. */
export function AddCommunityButton({ mayCreate, look }: AddCommunityButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const label = administrationTexts.community.add;
  return (
    <>
      {look === 'icon' ? (
        <IconButton label={label} look="control" icon={<Plus size={20} />} onClick={() => setOpen(true)} />
      ) : (
        <Button look="primary" onClick={() => setOpen(true)}>
          <Plus size={17} />
          {label}
        </Button>
      )}
      {isOpen && (
        <Suspense>
          <AddCommunityDialog mayCreate={mayCreate} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
