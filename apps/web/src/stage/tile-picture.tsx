import { MonitorUp } from 'lucide-react';
import { VideoView } from '../media/video-view.js';
import { Avatar } from '../ui/avatar.js';
import type { TileModel } from './tiles.js';
import styles from './tile.module.css';

export interface TilePictureProps {
  tile: TileModel;
  mirrorSelf: boolean;
  label: string;
}

/** What fills a tile: moving pictures, or something to stand for them. */
export function TilePicture({ tile: { source, participant, video }, mirrorSelf, label }: TilePictureProps) {
  if (source === 'screen') {
    // One's own screen would show itself without end.
    if (!participant.isLocal && video !== undefined) {
      return <VideoView track={video} fit="contain" mirrored={false} label={label} />;
    }
    return (
      <div className={styles.still}>
        <MonitorUp size={32} />
        <p>{participant.isLocal ? 'Everybody sees your screen' : 'The screen is on its way…'}</p>
      </div>
    );
  }
  if (video !== undefined) {
    return <VideoView track={video} fit="cover" mirrored={participant.isLocal && mirrorSelf} label={label} />;
  }
  return (
    <div className={styles.still}>
      <Avatar identity={participant.identity} name={participant.name} size="fluid" />
    </div>
  );
}
