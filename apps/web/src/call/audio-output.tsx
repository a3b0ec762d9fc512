import type { RemoteAudioTrack } from 'livekit-client';
import { useEffect, useRef } from 'react';
import { useStore } from '../lib/use-store.js';
import { usePreferences } from '../ui/use-preferences.js';
import { amplify, type Amplifier } from './amplifier.js';
import { AS_SENT } from './listening.js';
import { useCall } from './use-call.js';

/** Plays everybody's sound, whoever is on the visible page of the stage, as loud as one wants to hear them. */
export function AudioOutput() {
  const { roster, listening } = useCall().session;
  const participants = useStore(roster.participants);
  const deafened = useStore(listening.deafened);
  const sounds = useStore(listening.people);
  return (
    <div hidden>
      {participants.flatMap(({ identity, audio }) => {
        const { volume, muted } = sounds.get(identity) ?? AS_SENT;
        return audio.map((track) => (
          <AudioPlayer
            key={track.sid ?? track.mediaStreamID}
            track={track}
            identity={identity}
            gain={deafened || muted ? 0 : volume / 100}
          />
        ));
      })}
    </div>
  );
}

interface AudioPlayerProps {
  track: RemoteAudioTrack;
  identity: string;
  /** 1 is as it was sent. */
  gain: number;
}

function AudioPlayer({ track, identity, gain }: AudioPlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const amplifier = useRef<Amplifier>(undefined);
  const { speakerId } = usePreferences().preferences;
  const isAmplified = gain > 1;

  useEffect(() => {
    const element = audio.current;
    if (element === null) return;
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }, [track]);

  useEffect(() => {
    if (!isAmplified) return;
    const made = amplify(track.mediaStreamTrack, speakerId);
    amplifier.current = made;
    return () => {
      amplifier.current = undefined;
      made.close();
    };
  }, [track, isAmplified, speakerId]);

  useEffect(() => {
    amplifier.current?.setGain(gain);
    const element = audio.current;
    if (element === null) return;
    // The element goes on, silent: without one the browser decodes nothing to amplify.
    element.muted = gain === 0 || isAmplified;
    element.volume = Math.min(gain, 1);
  }, [track, gain, isAmplified, speakerId]);

  return <audio ref={audio} autoPlay data-identity={identity} />;
}
