import {
  Hand,
  MessageSquare,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  PhoneOff,
  Video,
  VideoOff,
} from 'lucide-react';
import { ReactionsMenu } from '../reactions/reactions-menu.js';
import type { View } from '../stage/stage-view.js';
import { IconButton } from '../ui/icon-button.js';
import type { CallDialog } from './call-screen.js';
import { DeviceMenu } from './device-menu.js';
import { MoreMenu } from './more-menu.js';
import type { ParticipantView } from './participants.js';
import type { PanelName } from './side-panel.js';
import type { Invite } from './use-invite.js';
import type { LocalMedia } from './use-local-media.js';
import styles from './control-bar.module.css';

export interface ControlBarProps {
  self: ParticipantView | undefined;
  narrow: boolean;
  panel: PanelName | undefined;
  unread: number;
  view: View;
  media: LocalMedia;
  invite: Invite;
  reactionsOpen: boolean;
  onReactionsOpenChange: (open: boolean) => void;
  onReact: (emoji: string) => void;
  onToggleHand: () => void;
  onTogglePanel: (name: PanelName) => void;
  onToggleView: () => void;
  onOpenDialog: (dialog: CallDialog) => void;
  onLeave: () => void;
}

/** The buttons of a call. On a phone the rarer ones are in the menu. */
export function ControlBar(props: ControlBarProps) {
  const { self, narrow, panel, unread, media } = props;
  const microphoneOn = self?.isMicrophoneOn ?? false;
  const cameraOn = self?.camera !== undefined;
  const sharing = self?.isSharing ?? false;
  const handRaised = self?.handRaisedAt !== undefined;
  const chatLabel = unread > 0 ? `Messages (${unread} new)` : 'Messages';

  return (
    <footer className={styles.bar}>
      <div className={styles.controls} role="group" aria-label="Call controls">
        <span className={styles.split}>
          <IconButton
            label="Microphone"
            hint={microphoneOn ? 'Turn microphone off' : 'Turn microphone on'}
            shortcut="microphone"
            size="large"
            look={microphoneOn ? 'control' : 'off'}
            aria-pressed={microphoneOn}
            icon={microphoneOn ? <Mic size={21} /> : <MicOff size={21} />}
            onClick={media.toggleMicrophone}
            data-testid="microphone-button"
          />
          {!narrow && (
            <DeviceMenu kinds={['audioinput', 'audiooutput']} label="Choose microphone and speaker" />
          )}
        </span>
        <span className={styles.split}>
          <IconButton
            label="Camera"
            hint={cameraOn ? 'Turn camera off' : 'Turn camera on'}
            shortcut="camera"
            size="large"
            look={cameraOn ? 'control' : 'off'}
            aria-pressed={cameraOn}
            icon={cameraOn ? <Video size={21} /> : <VideoOff size={21} />}
            onClick={media.toggleCamera}
            data-testid="camera-button"
          />
          {!narrow && <DeviceMenu kinds={['videoinput']} label="Choose camera" />}
        </span>
        {!narrow && media.canShareScreen && (
          <IconButton
            label="Share screen"
            hint={sharing ? 'Stop sharing your screen' : 'Share your screen'}
            shortcut="screen"
            size="large"
            look={sharing ? 'active' : 'control'}
            aria-pressed={sharing}
            icon={sharing ? <MonitorX size={21} /> : <MonitorUp size={21} />}
            onClick={media.toggleScreen}
            data-testid="screen-button"
          />
        )}
        {!narrow && (
          <IconButton
            label="Raise hand"
            hint={handRaised ? 'Lower your hand' : 'Raise your hand'}
            shortcut="hand"
            size="large"
            look={handRaised ? 'active' : 'control'}
            aria-pressed={handRaised}
            icon={<Hand size={21} />}
            onClick={props.onToggleHand}
            data-testid="hand-button"
          />
        )}
        <ReactionsMenu
          open={props.reactionsOpen}
          onOpenChange={props.onReactionsOpenChange}
          onReact={props.onReact}
          handRaised={handRaised}
          onHand={narrow ? props.onToggleHand : undefined}
        />
        <IconButton
          id="panel-button-chat"
          label={chatLabel}
          shortcut="chat"
          size="large"
          look={panel === 'chat' ? 'active' : 'control'}
          aria-pressed={panel === 'chat'}
          badge={unread}
          icon={<MessageSquare size={21} />}
          onClick={() => props.onTogglePanel('chat')}
          data-testid="chat-button"
        />
        <MoreMenu narrow={narrow} sharing={sharing} media={media} onOpenDialog={props.onOpenDialog} />
        <IconButton
          className={styles.leave}
          label="Leave the call"
          shortcut="leave"
          size="large"
          look="danger"
          icon={<PhoneOff size={21} />}
          onClick={props.onLeave}
          data-testid="leave-button"
        />
      </div>
    </footer>
  );
}
