import { Hand, MessageSquare, MonitorUp, MonitorX, PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../lib/use-store.js';
import { canShareScreen } from '../media/can-share-screen.js';
import { ReactionsMenu } from '../reactions/reactions-menu.js';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import { PortalContainer } from '../ui/portal-container.js';
import { DeafenButton } from './deafen-button.js';
import { DeviceMenu } from './device-menu.js';
import { MediaButton } from './media-button.js';
import { MoreMenu } from './more-menu.js';
import { useCall } from './use-call.js';
import styles from './control-bar.module.css';

/** The buttons of a call. On a phone the rarer ones are in the menu. */
export function ControlBar({ narrow }: { narrow: boolean }) {
  const { session, ui } = useCall();
  const self = useStore(session.roster.participants).find(({ isLocal }) => isLocal);
  const handRaised = self?.handRaisedAt !== undefined;
  const toggleHand = () => session.toggleHand();
  const [bar, setBar] = useState<HTMLElement | null>(null);
  return (
    <footer ref={setBar} className={styles.bar}>
      <PortalContainer value={bar}>
        <div className={styles.controls} role="group" aria-label={texts.call.controls}>
          <span className={styles.split}>
            <MediaButton source="microphone" />
            {!narrow && <DeviceMenu kinds={['audioinput', 'audiooutput']} label={texts.media.chooseSound} />}
          </span>
          <span className={styles.split}>
            <MediaButton source="camera" />
            {!narrow && <DeviceMenu kinds={['videoinput']} label={texts.media.chooseCamera} />}
          </span>
          {!narrow && <DeafenButton size="large" />}
          {!narrow && canShareScreen() && <ScreenButton />}
          {!narrow && (
            <IconButton
              label={texts.hand.raise}
              hint={handRaised ? texts.hand.lowerHint : texts.hand.raiseHint}
              shortcut="hand"
              size="large"
              look={handRaised ? 'active' : 'control'}
              aria-pressed={handRaised}
              icon={<Hand size={21} />}
              onClick={toggleHand}
              data-testid="hand-button"
            />
          )}
          <ReactionsMenu
            open={useStore(ui.reactionsOpen)}
            onOpenChange={(open) => ui.reactionsOpen.set(open)}
            onReact={session.reactions.send}
            handRaised={handRaised}
            onHand={narrow ? toggleHand : undefined}
          />
          <MessagesButton />
          <MoreMenu narrow={narrow} />
          <IconButton
            className={styles.leave}
            label={texts.call.leave}
            shortcut="leave"
            size="large"
            look="danger"
            icon={<PhoneOff size={21} />}
            onClick={() => session.leave()}
            data-testid="leave-button"
          />
        </div>
      </PortalContainer>
    </footer>
  );
}

function ScreenButton() {
  const { media } = useCall().session;
  const { wanted } = useStore(media.state).screen;
  return (
    <IconButton
      label={texts.media.shareScreen}
      hint={wanted ? texts.media.turnOff.screen : texts.media.turnOn.screen}
      shortcut="screen"
      size="large"
      look={wanted ? 'active' : 'control'}
      aria-pressed={wanted}
      icon={wanted ? <MonitorX size={21} /> : <MonitorUp size={21} />}
      onClick={() => media.toggle('screen')}
      data-testid="screen-button"
    />
  );
}

function MessagesButton() {
  const { session, ui } = useCall();
  const { unread } = useStore(session.chat.state);
  const isOpen = useStore(ui.panel) === 'chat';
  return (
    <IconButton
      id="panel-button-chat"
      label={unread > 0 ? texts.call.messagesUnread(unread) : texts.call.messages}
      shortcut="chat"
      size="large"
      look={isOpen ? 'active' : 'control'}
      aria-pressed={isOpen}
      badge={unread}
      icon={<MessageSquare size={21} />}
      onClick={() => ui.togglePanel('chat')}
      data-testid="chat-button"
    />
  );
}
