import { useEffect, useRef } from 'react';
import { texts } from '../texts/texts.js';
import { Loudness } from './loudness.js';
import styles from './level-meter.module.css';

const BARS = 5;
/** What is this many decibels below full scale lights no bar. */
const QUIETEST_DB = 50;
/** Loudness is read out to assistive technology only this often. */
const SPOKEN_INTERVAL_MS = 500;

/** How loud a microphone is right now, as a row of bars that light up. */
export function LevelMeter({ track }: { track: MediaStreamTrack | undefined }) {
  const meter = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = meter.current;
    if (element === null || track === undefined) return;
    const loudness = new Loudness(track);
    let frame = 0;
    let spokenAt = 0;
    const draw = (now: number) => {
      // As ears hear it: speech at a normal distance is about the middle of the scale.
      const level = Math.min(1, Math.max(0, 1 + (20 * Math.log10(loudness.level + 1e-6)) / QUIETEST_DB));
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
      loudness.close();
    };
  }, [track]);

  return (
    <div
      ref={meter}
      className={styles.meter}
      role="meter"
      aria-label={texts.media.level}
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
