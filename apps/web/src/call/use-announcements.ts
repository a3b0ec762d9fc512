import { RoomEvent, Track, type Participant, type Room, type TrackPublication } from 'livekit-client';
import { useEffect } from 'react';
import { useNotices } from '../ui/use-notices.js';
import { HAND_ATTRIBUTE } from './participants.js';

/** Says who comes and goes, raises a hand or shares a screen. */
export function useAnnouncements(room: Room): void {
  const { notify } = useNotices();

  useEffect(() => {
    const onJoin = (participant: Participant) => notify(`${nameOf(participant)} joined`);
    const onLeave = (participant: Participant) => notify(`${nameOf(participant)} left`);
    const onAttributes = (changed: Record<string, string>, participant: Participant) => {
      if (participant.isLocal || !changed[HAND_ATTRIBUTE]) return;
      notify(`${nameOf(participant)} raised a hand`);
    };
    const onPublished = (publication: TrackPublication, participant: Participant) => {
      if (publication.source === Track.Source.ScreenShare)
        notify(`${nameOf(participant)} is sharing a screen`);
    };
    room.on(RoomEvent.ParticipantConnected, onJoin);
    room.on(RoomEvent.ParticipantDisconnected, onLeave);
    room.on(RoomEvent.ParticipantAttributesChanged, onAttributes);
    room.on(RoomEvent.TrackPublished, onPublished);
    return () => {
      room.off(RoomEvent.ParticipantConnected, onJoin);
      room.off(RoomEvent.ParticipantDisconnected, onLeave);
      room.off(RoomEvent.ParticipantAttributesChanged, onAttributes);
      room.off(RoomEvent.TrackPublished, onPublished);
    };
  }, [room, notify]);
}

function nameOf(participant: Participant): string {
  return participant.name === undefined || participant.name === '' ? participant.identity : participant.name;
}
