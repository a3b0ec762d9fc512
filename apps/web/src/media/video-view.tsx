import type { LocalVideoTrack, RemoteVideoTrack } from 'livekit-client';
import { useEffect, useRef } from 'react';
import styles from './video-view.module.css';

export interface VideoViewProps {
  track: LocalVideoTrack | RemoteVideoTrack;
  fit: 'cover' | 'contain';
  /** Shown as in a mirror: how people know their own face. */
  mirrored: boolean;
  label: string;
}

/** A video track on the page. */
export function VideoView({ track, fit, mirrored, label }: VideoViewProps) {
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }, [track]);

  return (
    <video
      ref={video}
      className={styles.video}
      data-fit={fit}
      data-mirrored={mirrored}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
