import type { RemoteAudioTrack } from 'livekit-client';
import { useEffect, useRef } from 'react';
import { useStore } from '../lib/use-store.js';
import { useCall } from './use-call.js';

/** Plays everybody's sound, whoever is on the visible page of the stage. */
export function AudioOutput() {
  const participants = useStore(useCall().session.roster.participants);
  return (
    <div hidden>
      {participants.flatMap((participant) =>
        participant.audio.map((track) => (
          <AudioPlayer key={track.sid ?? track.mediaStreamID} track={track} identity={participant.identity} />
        )),
      )}
    </div>
  );
}

function AudioPlayer({ track, identity }: { track: RemoteAudioTrack; identity: string }) {
  const audio = useRef<HTMLAudioElement>(null);

  useEffect(() => {
    const element = audio.current;
    if (element === null) return;
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }, [track]);

  return <audio ref={audio} autoPlay data-identity={identity} />;
}
