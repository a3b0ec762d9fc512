import type { OwnAccount } from '@parley/contract';
import { ChevronsUpDown, LogOut, Settings } from 'lucide-react';
import { DropdownMenu, VisuallyHidden } from 'radix-ui';
import { Suspense, useState } from 'react';
import { pageDialog } from './page-dialog.js';
import { texts } from '../texts/texts.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Avatar } from '../ui/avatar.js';
import { lazyPart } from '../ui/lazy-part.js';
import menu from '../ui/menu.module.css';
import { useSignOut } from './use-sign-out.js';
import styles from './user-panel.module.css';

const OwnFace = lazyPart(async () => (await import('../presence/own-face.js')).OwnFace);
const OwnWords = lazyPart(async () => (await import('../presence/own-words.js')).OwnWords);
const StatusItems = lazyPart(async () => (await import('../presence/status-items.js')).StatusItems);
const OwnStatus = lazyPart(async () => (await import('../presence/own-status.js')).OwnStatus);

/** Oneself, and what is one's own to do. */
export function UserPanel({ me }: { me: OwnAccount }) {
  const [isStatusOpen, setStatusOpen] = useState(false);
  const signOut = useSignOut();
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className={styles.panel} data-testid="user-panel">
          <Suspense fallback={<Avatar identity={me.id} name={me.user_name} />}>
            <OwnFace me={me} />
          </Suspense>
          <Suspense fallback={<span className={styles.name}>{me.user_name}</span>}>
            <OwnWords me={me} />
          </Suspense>
          <VisuallyHidden.Root>{workspaceTexts.shell.you}</VisuallyHidden.Root>
          <ChevronsUpDown size={16} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className={menu.content} side="top" sideOffset={6} collisionPadding={8}>
            <Suspense>
              <StatusItems onStatus={() => setStatusOpen(true)} />
            </Suspense>
            <DropdownMenu.Item className={menu.item} onSelect={() => pageDialog.set('settings')}>
              <Settings size={17} />
              {texts.settings.title}
            </DropdownMenu.Item>
            <DropdownMenu.Separator className={menu.separator} />
            <DropdownMenu.Item className={menu.item} onSelect={() => signOut.mutate()}>
              <LogOut size={17} />
              {workspaceTexts.shell.signOut}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {isStatusOpen && (
        <Suspense>
          <OwnStatus onClose={() => setStatusOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
