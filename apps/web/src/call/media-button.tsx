import { LoaderCircle, Mic, MicOff, TriangleAlert, Video, VideoOff } from 'lucide-react';
import { useStore } from '../lib/use-store.js';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import { useCall } from './use-call.js';
import type { SourceState } from './wanted-media.js';
import styles from './media-button.module.css';

export interface MediaButtonProps {
  source: 'microphone' | 'camera';
}

const ICONS = {
  microphone: { on: Mic, off: MicOff },
  camera: { on: Video, off: VideoOff },
};

/** Turns the microphone or the camera on or off. Off, starting, blocked and absent look and read differently. */
export function MediaButton({ source }: MediaButtonProps) {
  const { media } = useCall().session;
  const state = useStore(media.state)[source];
  const { wanted, published, problem } = state;
  const On = ICONS[source].on;
  const Off = ICONS[source].off;
  const hint = hintOf(source, state);
  return (
    <IconButton
      label={texts.media[source]}
      hint={hint}
      aria-description={problem === undefined && wanted === published ? undefined : hint}
      shortcut={source}
      size="large"
      look={wanted ? 'control' : 'off'}
      aria-pressed={wanted}
      icon={
        <span className={styles.icon}>
          {wanted ? <On size={21} /> : <Off size={21} />}
          {problem !== undefined && <TriangleAlert size={13} className={styles.problem} />}
          {problem === undefined && wanted && !published && (
            <LoaderCircle size={13} className={styles.starting} />
          )}
        </span>
      }
      onClick={() => media.toggle(source)}
      data-state={problem ?? (wanted === published ? (wanted ? 'on' : 'off') : 'starting')}
      data-testid={`${source}-button`}
    />
  );
}

function hintOf(source: MediaButtonProps['source'], { wanted, published, problem }: SourceState): string {
  const { media } = texts;
  if (problem !== undefined) return media.problemHint[problem][source];
  if (wanted && !published) return media.starting[source];
  return wanted ? media.turnOff[source] : media.turnOn[source];
}
