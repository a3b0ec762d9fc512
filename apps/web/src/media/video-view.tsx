import { useEffect, useRef, useState, type ReactNode } from 'react';
import styles from './video-view.module.css';

/** What can be shown in a video element. */
export interface AttachableVideo {
  attach(element: HTMLMediaElement): unknown;
  detach(element: HTMLMediaElement): unknown;
}

export interface VideoViewProps {
  track: AttachableVideo;
  fit: 'cover' | 'contain';
  /** Shown as in a mirror: how people know their own face. */
  mirrored: boolean;
  label: string;
  /** Told the picture's width divided by its height, whenever that changes. */
  onShape?: (ratio: number) => void;
  /** Stands for the picture until its first frame is there: nobody looks at black. */
  children?: ReactNode;
}

/** A video track on the page. */
export function VideoView({ track, fit, mirrored, label, onShape, children }: VideoViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [pictured, setPictured] = useState<AttachableVideo | undefined>(undefined);
  const hasPicture = pictured === track;

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }, [track]);

  return (
    <>
      {!hasPicture && children}
      <video
        ref={video}
        className={styles.video}
        data-fit={fit}
        data-mirrored={mirrored}
        data-waiting={!hasPicture && children !== undefined}
        aria-label={label}
        autoPlay
        playsInline
        muted
        onLoadedData={() => setPictured(track)}
        onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
          if (videoWidth > 0 && videoHeight > 0) onShape?.(videoWidth / videoHeight);
        }}
      />
    </>
  );
}
