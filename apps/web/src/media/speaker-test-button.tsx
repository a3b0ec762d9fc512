import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.js';
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
      notify('The speaker did not play. Choose another one.', 'problem');
    } finally {
      setPlaying(false);
    }
  };

  return (
    <Button disabled={playing} onClick={() => void play()} aria-label="Test speaker">
      <Volume2 size={16} />
      {playing ? 'Playing…' : 'Test'}
    </Button>
  );
}
