import { ConnectionQuality, RemoteAudioTrack, Track, type Participant, type Room } from 'livekit-client';
import {
  DEAFENED_ATTRIBUTE,
  HAND_ATTRIBUTE,
  handOf,
  type ParticipantView,
  type VideoTrack,
} from './participants.js';

const AUDIO_SOURCES = [Track.Source.Microphone, Track.Source.ScreenShareAudio];

/** Everybody in a room: oneself first, then the others in the order in which they came. */
export function readParticipants(room: Room): ParticipantView[] {
  const others = [...room.remoteParticipants.values()].sort(
    (a, b) => joinedAt(a) - joinedAt(b) || (a.identity < b.identity ? -1 : 1),
  );
  return [room.localParticipant, ...others].map(readParticipant);
}

export function nameOf(participant: Participant): string {
  return participant.name === undefined || participant.name === '' ? participant.identity : participant.name;
}

function readParticipant(participant: Participant): ParticipantView {
  return {
    identity: participant.identity,
    name: nameOf(participant),
    isLocal: participant.isLocal,
    isSpeaking: participant.isSpeaking && participant.isMicrophoneEnabled,
    isMicrophoneOn: participant.isMicrophoneEnabled,
    camera: videoOf(participant, Track.Source.Camera),
    screen: videoOf(participant, Track.Source.ScreenShare),
    isCameraPaused: isPaused(participant, Track.Source.Camera),
    isScreenPaused: isPaused(participant, Track.Source.ScreenShare),
    isSharing: participant.isScreenShareEnabled,
    audio: AUDIO_SOURCES.map((source) => participant.getTrackPublication(source)?.track).filter(
      (track) => track instanceof RemoteAudioTrack,
    ),
    handRaisedAt: handOf(participant.attributes[HAND_ATTRIBUTE]),
    isDeafened: (participant.attributes[DEAFENED_ATTRIBUTE] ?? '') !== '',
    connection: connectionOf(participant.connectionQuality),
    isAway: false,
  };
}

function videoOf(participant: Participant, source: Track.Source): VideoTrack | undefined {
  const publication = participant.getTrackPublication(source);
  return publication === undefined || publication.isMuted ? undefined : publication.videoTrack;
}

function isPaused(participant: Participant, source: Track.Source): boolean {
  return videoOf(participant, source)?.streamState === Track.StreamState.Paused;
}

function connectionOf(quality: ConnectionQuality): ParticipantView['connection'] {
  if (quality === ConnectionQuality.Poor) return 'poor';
  return quality === ConnectionQuality.Lost ? 'lost' : 'good';
}

function joinedAt(participant: Participant): number {
  return participant.joinedAt?.getTime() ?? 0;
}
