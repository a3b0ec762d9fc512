import {
  CirclePause,
  Expand,
  Hand,
  Mic,
  MicOff,
  MonitorUp,
  Pin,
  PinOff,
  Shrink,
  WifiOff,
} from 'lucide-react';
import { memo, useState } from 'react';
import { colourOf } from '../lib/avatar.js';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import type { TileRole } from './arrange-tiles.js';
import type { Box } from './stage-layout.js';
import { TilePicture } from './tile-picture.js';
import { describeTile, type TileModel } from './tiles.js';
import styles from './tile.module.css';

export interface TileProps {
  tile: TileModel;
  box: Box;
  role: TileRole;
  mirrorSelf: boolean;
  pinned: boolean;
  onPin: (key: string) => void;
  onStopSharing: () => void;
}

/** Where filling the tile leaves less of a picture to be seen than this, one can ask for all of it. */
const HARDLY_CUT = 0.85;

/** One participant's picture, or their shared screen, with their name and state. */
export const Tile = memo(function Tile(props: TileProps) {
  const { tile, box, role, mirrorSelf, pinned, onPin, onStopSharing } = props;
  const { participant, source, video, isPaused } = tile;
  const [shape, setShape] = useState<number | undefined>(undefined);
  const [fit, setFit] = useState<'cover' | 'contain'>('cover');
  const isScreen = source === 'screen';
  const label = describeTile(tile);
  const shownName = participant.isLocal ? texts.people.you : participant.name;
  const isCut = video !== undefined && shape !== undefined && shownPart(shape, box) < HARDLY_CUT;

  return (
    <li
      className={styles.tile}
      style={{
        insetInlineStart: box.x,
        top: box.y,
        width: box.width,
        height: box.height,
        '--hue': colourOf(participant),
      }}
      aria-label={label}
      data-testid={participant.isLocal && !isScreen ? 'local-tile' : 'tile'}
      data-identity={participant.identity}
      data-source={source}
      data-speaking={participant.isSpeaking && !isScreen}
      data-muted={!participant.isMicrophoneOn}
      data-video={video !== undefined}
      data-paused={isPaused}
      data-away={participant.isAway}
      data-role={role}
    >
      <TilePicture
        tile={tile}
        mirrorSelf={mirrorSelf}
        label={label}
        fit={fit}
        onShape={setShape}
        onStopSharing={onStopSharing}
      />
      {isPaused && (
        <p className={styles.paused} aria-hidden="true">
          <CirclePause size={26} />
          <span>{texts.stage.paused}</span>
        </p>
      )}
      <div className={styles.top}>
        {participant.handRaisedAt !== undefined && !isScreen && (
          <span className={styles.hand}>
            <Hand size={16} />
          </span>
        )}
        {participant.connection !== 'good' && !isScreen && (
          <span className={styles.mark} title={texts.stage.poorConnection}>
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
        {isScreen ? (
          <span>{participant.isLocal ? texts.stage.yourScreen : texts.stage.screenOf(participant.name)}</span>
        ) : (
          <span dir="auto">{shownName}</span>
        )}
      </div>
      {role !== 'floating' && (
        <div className={styles.actions}>
          {isCut && !isScreen && role !== 'strip' && (
            <IconButton
              size="small"
              look="over-video"
              label={texts.stage.wholePictureOf(shownName)}
              hint={fit === 'cover' ? texts.stage.wholePicture : texts.stage.fillTile}
              aria-pressed={fit === 'contain'}
              icon={fit === 'cover' ? <Shrink size={16} /> : <Expand size={16} />}
              onClick={() => setFit(fit === 'cover' ? 'contain' : 'cover')}
            />
          )}
          <IconButton
            size="small"
            look="over-video"
            label={isScreen ? texts.stage.pinScreen(shownName) : texts.stage.pin(shownName)}
            hint={pinned ? texts.stage.unpinHint : texts.stage.pinHint}
            aria-pressed={pinned}
            icon={pinned ? <PinOff size={16} /> : <Pin size={16} />}
            onClick={() => onPin(tile.key)}
          />
        </div>
      )}
    </li>
  );
}, isSame);

/** Boxes are made anew with every arrangement, mostly with the same numbers. */
function isSame({ box, ...before }: TileProps, { box: nowBox, ...now }: TileProps): boolean {
  return (
    box.x === nowBox.x &&
    box.y === nowBox.y &&
    box.width === nowBox.width &&
    box.height === nowBox.height &&
    before.tile === now.tile &&
    before.role === now.role &&
    before.mirrorSelf === now.mirrorSelf &&
    before.pinned === now.pinned &&
    before.onPin === now.onPin &&
    before.onStopSharing === now.onStopSharing
  );
}

/** How much of a picture is seen, 0–1, where it fills the box. */
function shownPart(shape: number, { width, height }: Box): number {
  const ratio = width / height;
  return Math.min(shape / ratio, ratio / shape);
}
