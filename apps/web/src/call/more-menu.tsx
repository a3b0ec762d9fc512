import { Ellipsis, Keyboard, Maximize, MonitorUp, Settings } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { shortcutText } from '../lib/shortcuts.js';
import { IconButton } from '../ui/icon-button.js';
import menu from '../ui/menu.module.css';
import type { CallDialog } from './call-screen.js';
import type { LocalMedia } from './use-local-media.js';

export interface MoreMenuProps {
  narrow: boolean;
  sharing: boolean;
  media: LocalMedia;
  onOpenDialog: (dialog: CallDialog) => void;
}

/** What is needed less often than the buttons beside it. */
export function MoreMenu({ narrow, sharing, media, onOpenDialog }: MoreMenuProps) {
  const openingDialog = useRef(false);
  const openDialog = (dialog: CallDialog) => {
    openingDialog.current = true;
    onOpenDialog(dialog);
  };

  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton
          id="more-button"
          label="More"
          size="large"
          look="control"
          icon={<Ellipsis size={21} />}
          data-testid="more-button"
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={menu.content}
          side="top"
          align="end"
          sideOffset={14}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            // The dialog takes the focus; it gives it back to the button itself.
            if (openingDialog.current) event.preventDefault();
            openingDialog.current = false;
          }}
        >
          {narrow && media.canShareScreen && (
            <DropdownMenu.Item
              className={menu.item}
              onSelect={media.toggleScreen}
              data-testid="screen-button"
            >
              <MonitorUp size={18} />
              {sharing ? 'Stop sharing your screen' : 'Share your screen'}
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item
            className={menu.item}
            onSelect={() => openDialog('settings')}
            data-testid="settings-button"
          >
            <Settings size={18} />
            Settings
          </DropdownMenu.Item>
          {document.fullscreenEnabled && (
            <DropdownMenu.Item className={menu.item} onSelect={toggleFullscreen}>
              <Maximize size={18} />
              Full screen
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item className={menu.item} onSelect={() => openDialog('shortcuts')}>
            <Keyboard size={18} />
            Keyboard shortcuts
            <span className={menu.end}>{shortcutText('help')}</span>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function toggleFullscreen(): void {
  const done =
    document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen();
  // Browsers refuse it in some frames; the page then stays as it is.
  done.catch(() => undefined);
}
