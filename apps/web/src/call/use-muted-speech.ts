import { useEffect } from 'react';
import { useStore } from '../lib/use-store.js';
import { Loudness } from '../media/loudness.js';
import { MutedSpeech } from '../media/muted-speech.js';
import { texts } from '../texts/texts.js';
import { useNotices } from '../ui/use-notices.js';
import { useCall } from './use-call.js';

const LOOK_EVERY_MS = 200;

/** Tells a person who speaks while muted. */
export function useMutedSpeech(): void {
  const { session } = useCall();
  const { notify } = useNotices();
  const { wanted } = useStore(session.media.state).microphone;

  useEffect(() => {
    // Whoever joined muted has no open microphone to listen to.
    const microphone = wanted ? undefined : session.microphone();
    if (microphone?.readyState !== 'live') return;
    const loudness = new Loudness(microphone);
    const speech = new MutedSpeech();
    const timer = setInterval(() => {
      if (speech.hear(loudness.level, Date.now())) notify(texts.media.youAreMuted);
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      loudness.close();
    };
  }, [session, wanted, notify]);
}
