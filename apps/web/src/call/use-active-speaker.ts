import { RoomEvent, type Participant, type Room } from 'livekit-client';
import { useEffect, useState } from 'react';

/** The identity of whoever else spoke last, kept through silence; undefined until somebody speaks. */
export function useActiveSpeaker(room: Room): string | undefined {
  const [speaker, setSpeaker] = useState<string | undefined>(undefined);

  useEffect(() => {
    const onSpeakers = (speakers: Participant[]) => {
      const loudest = speakers.find((participant) => !participant.isLocal);
      if (loudest !== undefined) setSpeaker(loudest.identity);
    };
    room.on(RoomEvent.ActiveSpeakersChanged, onSpeakers);
    return () => {
      room.off(RoomEvent.ActiveSpeakersChanged, onSpeakers);
    };
  }, [room]);

  return speaker;
}
