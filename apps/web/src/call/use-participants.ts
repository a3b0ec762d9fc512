import { RoomEvent, type Room } from 'livekit-client';
import { useEffect, useState } from 'react';
import { readParticipants, type ParticipantView } from './participants.js';

/** Everything that can change what `readParticipants` returns. */
const EVENTS = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ParticipantNameChanged,
  RoomEvent.ParticipantAttributesChanged,
  RoomEvent.ParticipantActive,
  RoomEvent.ConnectionQualityChanged,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.TrackStreamStateChanged,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.Reconnected,
] as const;

/** Everybody in the room, oneself first, kept current. */
export function useParticipants(room: Room): ParticipantView[] {
  const [participants, setParticipants] = useState(() => readParticipants(room));

  useEffect(() => {
    // Joining a large room fires many events at once: one reading per frame is enough.
    let frame = 0;
    const read = () => {
      frame = 0;
      setParticipants(readParticipants(room));
    };
    const schedule = () => {
      if (frame === 0) frame = requestAnimationFrame(read);
    };
    schedule();
    for (const event of EVENTS) room.on(event, schedule);
    return () => {
      cancelAnimationFrame(frame);
      for (const event of EVENTS) room.off(event, schedule);
    };
  }, [room]);

  return participants;
}
