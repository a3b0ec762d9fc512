import { createAudioAnalyser, type LocalAudioTrack } from 'livekit-client';
import { useEffect, useRef } from 'react';
import styles from './level-meter.module.css';

const BARS = 5;
/** Loudness is read out to assistive technology only this often. */
const SPOKEN_INTERVAL_MS = 500;

/** How loud a microphone is right now, as a row of bars that light up. */
export function LevelMeter({ track }: { track: LocalAudioTrack | undefined }) {
  const meter = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = meter.current;
    if (element === null || track === undefined) return;
    const { calculateVolume, cleanup } = createAudioAnalyser(track, { cloneTrack: true });
    let frame = 0;
    let spokenAt = 0;
    const draw = (now: number) => {
      // Speech at a normal distance measures about 0.5 on this scale.
      const level = Math.min(1, calculateVolume() * 1.6);
      element.style.setProperty('--level', level.toFixed(3));
      if (now - spokenAt > SPOKEN_INTERVAL_MS) {
        spokenAt = now;
        element.setAttribute('aria-valuenow', String(Math.round(level * 100)));
      }
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(frame);
      element.style.removeProperty('--level');
      element.setAttribute('aria-valuenow', '0');
      void cleanup();
    };
  }, [track]);

  return (
    <div
      ref={meter}
      className={styles.meter}
      role="meter"
      aria-label="Microphone level"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      data-testid="microphone-level"
    >
      {Array.from({ length: BARS }, (_, index) => (
        <span key={index} className={styles.bar} style={{ '--lane': index / BARS }} />
      ))}
    </div>
  );
}
