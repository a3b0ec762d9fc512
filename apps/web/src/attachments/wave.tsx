import styles from './voice.module.css';

export interface WaveProps {
  /** How loud it is on the way, from 0 to 100. */
  wave: readonly number[];
  /** How much of it was heard, from 0 to 1. */
  played: number;
}

/** Bars as high as something is loud. */
export function Wave({ wave, played }: WaveProps) {
  return (
    <span className={styles.wave} aria-hidden="true">
      {wave.map((height, index) => (
        <span
          key={index}
          data-played={index < played * wave.length}
          style={{ blockSize: `${Math.max(height, 8)}%` }}
        />
      ))}
    </span>
  );
}
