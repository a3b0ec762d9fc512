import { MonitorUp } from 'lucide-react';
import { VideoView } from '../media/video-view.js';
import { texts } from '../texts/texts.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import type { TileModel } from './tiles.js';
import styles from './tile.module.css';

export interface TilePictureProps {
  tile: TileModel;
  mirrorSelf: boolean;
  label: string;
  /** Whether all of a camera's picture is shown, or the tile is filled and edges are cut. */
  fit: 'cover' | 'contain';
  /** Told the picture's width divided by its height. */
  onShape: (ratio: number) => void;
  onStopSharing: () => void;
}

/** What fills a tile: moving pictures, or something to stand for them. */
export function TilePicture(props: TilePictureProps) {
  const { tile, mirrorSelf, label, fit, onShape, onStopSharing } = props;
  const { source, participant, video } = tile;
  if (source === 'screen') {
    return (
      <>
        {video === undefined ? (
          <div className={styles.still}>
            <MonitorUp size={32} />
            <p>{participant.isLocal ? texts.stage.screenSeen : texts.stage.screenComing}</p>
          </div>
        ) : (
          <VideoView track={video} fit="contain" mirrored={false} label={label} />
        )}
        {participant.isLocal && (
          <div className={styles.sharing}>
            <Button look="danger" onClick={onStopSharing} data-testid="stop-sharing">
              {texts.stage.stopSharing}
            </Button>
          </div>
        )}
      </>
    );
  }
  const still = (
    <div className={styles.still}>
      <Avatar identity={participant.identity} name={participant.name} size="fluid" />
    </div>
  );
  if (video === undefined) return still;
  const mirrored = participant.isLocal && mirrorSelf;
  return (
    <VideoView track={video} fit={fit} mirrored={mirrored} label={label} onShape={onShape}>
      {still}
    </VideoView>
  );
}
