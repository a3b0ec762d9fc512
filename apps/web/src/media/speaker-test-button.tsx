import { AudioLines } from 'lucide-react';
import { useState } from 'react';
import { texts } from '../texts/texts.js';
import { IconButton } from '../ui/icon-button.js';
import { useNotices } from '../ui/use-notices.js';
import { playTestSound } from './speaker-test.js';

/** Plays a sound, so that a person hears whether the chosen speaker works. */
export function SpeakerTestButton({ speakerId }: { speakerId: string }) {
  const { notify } = useNotices();
  const [playing, setPlaying] = useState(false);

  const play = async () => {
    setPlaying(true);
    try {
      await playTestSound(speakerId);
    } catch {
      notify(texts.media.testFailed, 'problem');
    } finally {
      setPlaying(false);
    }
  };

  return (
    <IconButton
      label={playing ? texts.media.playingTest : texts.media.testSpeaker}
      look="control"
      disabled={playing}
      icon={<AudioLines size={18} />}
      onClick={() => void play()}
      data-testid="speaker-test"
    />
  );
}
