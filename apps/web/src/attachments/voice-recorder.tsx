import { SendHorizontal, Trash2 } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { formatDuration } from '../lib/duration.js';
import { useStore } from '../lib/use-store.js';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import { IconButton } from '../ui/icon-button.js';
import { Wave } from './wave.js';
import type { Recorded, VoiceRecording } from './voice-recording.js';
import styles from './voice.module.css';

export interface VoiceRecorderProps {
  recording: VoiceRecording;
  onRecorded: (recorded: Recorded) => void;
  /** It is over: kept, or thrown away. */
  onEnd: () => void;
}

/** So many measurements are drawn while one speaks. */
const SHOWN = 60;
/** A voice that is near fills the height. */
const LOUD = 0.25;

/** Stands in the place of the field while one speaks. */
export function VoiceRecorder({ recording, onRecorded, onEnd }: VoiceRecorderProps) {
  const { milliseconds, levels } = useStore(recording.state);
  const texts = attachmentTexts.voice;
  const send = async () => {
    onRecorded(await recording.finish());
    onEnd();
  };
  const cancel = () => {
    recording.discard();
    onEnd();
  };
  const onEscape = useEffectEvent(cancel);
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && onEscape();
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      // Whoever leaves the channel does not want to be heard.
      recording.discard();
    };
  }, [recording]);
  const wave = levels.slice(-SHOWN).map((level) => Math.min(100, Math.round((100 * level) / LOUD)));
  return (
    <div className={styles.recorder} role="group" aria-label={texts.recording} data-testid="voice-recorder">
      <IconButton label={texts.cancel} icon={<Trash2 size={19} />} onClick={cancel} />
      <span className={styles.light} aria-hidden="true" />
      <span className={styles.time} role="timer">
        {formatDuration(milliseconds)}
      </span>
      <Wave wave={wave} played={1} />
      <IconButton
        look="active"
        autoFocus
        label={texts.send}
        icon={<SendHorizontal size={19} data-points-inline />}
        onClick={() => void send()}
      />
    </div>
  );
}
