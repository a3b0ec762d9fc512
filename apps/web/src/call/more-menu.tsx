import {
  Ellipsis,
  HeadphoneOff,
  Headphones,
  Keyboard,
  Maximize,
  Minimize,
  MonitorUp,
  Settings,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { shortcutText } from '../lib/shortcuts.js';
import { useStore } from '../lib/use-store.js';
import { canShareScreen } from '../media/can-share-screen.js';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import menu from '../ui/menu.module.css';
import { usePortalContainer } from '../ui/portal-container.js';
import type { CallDialog } from './call-ui.js';
import { useCall } from './use-call.js';
import { useIsFullscreen } from './use-is-fullscreen.js';

/** What is needed less often than the buttons beside it. */
export function MoreMenu({ narrow }: { narrow: boolean }) {
  const { session, ui } = useCall();
  const sharing = useStore(session.media.state).screen.wanted;
  const deafened = useStore(session.listening.deafened);
  const isFullscreen = useIsFullscreen();
  const openingDialog = useRef(false);
  const openDialog = (dialog: CallDialog) => {
    openingDialog.current = true;
    ui.dialog.set(dialog);
  };

  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton
          id="more-button"
          label={texts.call.more}
          size="large"
          look="control"
          icon={<Ellipsis size={21} />}
          data-testid="more-button"
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={usePortalContainer()}>
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
          {narrow && (
            <DropdownMenu.Item
              className={menu.item}
              onSelect={() => session.toggleDeafened()}
              data-testid="deafen-button"
            >
              {deafened ? <Headphones size={18} /> : <HeadphoneOff size={18} />}
              {deafened ? texts.call.undeafen : texts.call.deafen}
            </DropdownMenu.Item>
          )}
          {narrow && canShareScreen() && (
            <DropdownMenu.Item
              className={menu.item}
              onSelect={() => session.media.toggle('screen')}
              data-testid="screen-button"
            >
              <MonitorUp size={18} />
              {sharing ? texts.media.turnOff.screen : texts.media.turnOn.screen}
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item
            className={menu.item}
            onSelect={() => openDialog('settings')}
            data-testid="settings-button"
          >
            <Settings size={18} />
            {texts.call.settings}
          </DropdownMenu.Item>
          {document.fullscreenEnabled && (
            <DropdownMenu.Item className={menu.item} onSelect={toggleFullscreen}>
              {isFullscreen ? <Minimize size={18} /> : <Maximize size={18} />}
              {isFullscreen ? texts.call.leaveFullScreen : texts.call.fullScreen}
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item className={menu.item} onSelect={() => openDialog('shortcuts')}>
            <Keyboard size={18} />
            {texts.shortcuts.title}
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
