import {
  LoaderCircle,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  PhoneOff,
  Signal,
  Video,
  VideoOff,
  WifiOff,
} from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { DeafenButton } from '../call/deafen-button.js';
import { useCall, useCallPhase } from '../call/use-call.js';
import { WayBack } from '../call/way-back.js';
import type { MediaSource } from '../lib/media-problem.js';
import { useStore } from '../lib/use-store.js';
import { canShareScreen } from '../media/can-share-screen.js';
import { texts } from '../texts/texts.js';
import { voiceTexts } from '../texts/voice/voice-texts.js';
import { IconButton } from '../ui/icon-button.js';
import styles from './voice-panel.module.css';

/** Above oneself in the list of channels: the call that one is in, and what one needs of it at once. */
export function VoicePanel() {
  const { session, ui } = useCall();
  const phase = useCallPhase();
  const { status } = useStore(session.connection.state);
  const isOn = phase.name === 'call' || phase.name === 'joining';

  useEffect(() => {
    ui.inPanel.set(true);
    return () => ui.inPanel.set(false);
  }, [ui]);

  if (!isOn) return null;
  const { panel } = voiceTexts;
  const isConnected = phase.name === 'call' && status === 'connected';
  const isOffline = status === 'offline';
  const state = isConnected
    ? panel.connected
    : isOffline
      ? texts.connection.offline
      : phase.name === 'call'
        ? panel.reconnecting
        : panel.connecting;
  return (
    <section className={styles.panel} aria-label={texts.call.ongoing} data-testid="call-bar">
      <div className={styles.row}>
        <WayBack place={phase} className={styles.where}>
          <span className={styles.state} data-connected={isConnected}>
            {isConnected ? (
              <Signal size={15} />
            ) : isOffline ? (
              <WifiOff size={15} />
            ) : (
              <LoaderCircle size={15} className={styles.busy} />
            )}
            <span role="status">{state}</span>
          </span>
          <span className={styles.channel} dir="auto">
            {phase.title}
          </span>
        </WayBack>
        <IconButton
          label={texts.call.leave}
          className={styles.leave}
          icon={<PhoneOff size={18} />}
          onClick={() => session.leave()}
          data-testid="hang-up"
        />
      </div>
      <div className={styles.buttons}>
        <PanelButton source="microphone" on={<Mic size={18} />} off={<MicOff size={18} />} />
        <DeafenButton />
        <PanelButton source="camera" on={<Video size={18} />} off={<VideoOff size={18} />} />
        {canShareScreen() && (
          <PanelButton source="screen" on={<MonitorX size={18} />} off={<MonitorUp size={18} />} />
        )}
      </div>
    </section>
  );
}

interface PanelButtonProps {
  source: MediaSource;
  on: ReactNode;
  off: ReactNode;
}

/** What is off to begin with is lit while it is on; a microphone that is off is what one should notice. */
function PanelButton({ source, on, off }: PanelButtonProps) {
  const { media } = useCall().session;
  const { wanted } = useStore(media.state)[source];
  const [lit, unlit] =
    source === 'microphone' ? (['control', 'off'] as const) : (['active', 'control'] as const);
  return (
    <IconButton
      label={source === 'screen' ? texts.media.shareScreen : texts.media[source]}
      hint={wanted ? texts.media.turnOff[source] : texts.media.turnOn[source]}
      look={wanted ? lit : unlit}
      aria-pressed={wanted}
      icon={wanted ? on : off}
      onClick={() => media.toggle(source)}
    />
  );
}
