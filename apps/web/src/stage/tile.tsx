import { CirclePause, Hand, Mic, MicOff, MonitorUp, Pin, PinOff, WifiOff } from 'lucide-react';
import { hueOf } from '../lib/avatar.js';
import { IconButton } from '../ui/icon-button.js';
import type { Box } from './stage-layout.js';
import { TilePicture } from './tile-picture.js';
import { describeTile, type TileModel } from './tiles.js';
import styles from './tile.module.css';

export interface TileProps {
  tile: TileModel;
  box: Box;
  role: 'grid' | 'focus' | 'strip' | 'floating';
  mirrorSelf: boolean;
  pinned: boolean;
  onPin: (key: string) => void;
}

/** One participant's picture, or their shared screen, with their name and state. */
export function Tile({ tile, box, role, mirrorSelf, pinned, onPin }: TileProps) {
  const { participant, source, video, isPaused } = tile;
  const isScreen = source === 'screen';
  const label = describeTile(tile);
  const shownName = participant.isLocal ? 'You' : participant.name;

  return (
    <li
      className={styles.tile}
      style={{
        left: box.x,
        top: box.y,
        width: box.width,
        height: box.height,
        '--hue': hueOf(participant.identity),
      }}
      aria-label={label}
      data-testid={participant.isLocal && !isScreen ? 'local-tile' : 'tile'}
      data-identity={participant.identity}
      data-source={source}
      data-speaking={participant.isSpeaking && !isScreen}
      data-muted={!participant.isMicrophoneOn}
      data-video={video !== undefined}
      data-paused={isPaused}
      data-role={role}
    >
      <TilePicture tile={tile} mirrorSelf={mirrorSelf} label={label} />
      {isPaused && (
        <p className={styles.paused} aria-hidden="true">
          <CirclePause size={26} />
          <span>Paused: your connection is too slow for it</span>
        </p>
      )}
      <div className={styles.top}>
        {participant.handRaisedAt !== undefined && !isScreen && (
          <span className={styles.hand}>
            <Hand size={16} />
          </span>
        )}
        {participant.connection !== 'good' && !isScreen && (
          <span className={styles.mark} title="Poor connection">
            <WifiOff size={15} />
          </span>
        )}
      </div>
      <div className={styles.name} aria-hidden="true">
        {isScreen ? (
          <MonitorUp size={14} />
        ) : participant.isMicrophoneOn ? (
          <Mic size={14} />
        ) : (
          <MicOff size={14} />
        )}
        <span>
          {isScreen ? (participant.isLocal ? 'Your screen' : `${participant.name}’s screen`) : shownName}
        </span>
      </div>
      {role !== 'floating' && (
        <IconButton
          className={styles.pin}
          size="small"
          look="over-video"
          label={`Pin ${isScreen ? 'the screen of ' : ''}${shownName}`}
          hint={pinned ? 'No longer keep large' : 'Keep large'}
          aria-pressed={pinned}
          icon={pinned ? <PinOff size={16} /> : <Pin size={16} />}
          onClick={() => onPin(tile.key)}
        />
      )}
    </li>
  );
}
