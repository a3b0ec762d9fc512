import type { Attachment } from '@parley/contract';
import { Pause, Play } from 'lucide-react';
import { useRef, useState } from 'react';
import { formatDuration } from '../lib/duration.js';
import { attachmentTexts } from '../texts/attachments/attachment-texts.js';
import { IconButton } from '../ui/icon-button.js';
import { FileCard } from './file-card.js';
import { fileUrl } from './file-facts.js';
import { Wave } from './wave.js';
import styles from './voice.module.css';

/** Something that was said, with the wave of it: pressing there goes there. */
export function VoiceMessage({ attachment }: { attachment: Attachment }) {
  const { voice } = attachment;
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const [at, setAt] = useState(0);
  const texts = attachmentTexts.voice;
  if (voice === null || isBroken) return <FileCard attachment={attachment} />;

  const seconds = voice.duration_ms / 1000;
  const toggle = () => {
    if (isPlaying) audio.current?.pause();
    else void audio.current?.play().catch(() => setBroken(true));
  };
  const seek = (to: number) => {
    setAt(to);
    if (audio.current !== null) audio.current.currentTime = to;
  };
  return (
    <div className={styles.message} role="group" aria-label={texts.message} data-testid="voice-message">
      <IconButton
        look="active"
        label={isPlaying ? texts.pause : texts.play}
        icon={isPlaying ? <Pause size={19} /> : <Play size={19} />}
        onClick={toggle}
      />
      <div className={styles.track}>
        <Wave wave={voice.wave} played={at / seconds} />
        <input
          type="range"
          className={styles.seek}
          aria-label={texts.seek}
          aria-valuetext={texts.position(formatDuration(1000 * at), formatDuration(voice.duration_ms))}
          min={0}
          max={seconds}
          step={0.1}
          value={Math.min(at, seconds)}
          onChange={({ currentTarget }) => seek(Number(currentTarget.value))}
        />
      </div>
      <span className={styles.time}>
        {formatDuration(isPlaying || at > 0 ? 1000 * at : voice.duration_ms)}
      </span>
      <audio
        ref={audio}
        src={fileUrl(attachment)}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
        onEnded={() => setAt(0)}
        onError={() => setBroken(true)}
      />
    </div>
  );
}
