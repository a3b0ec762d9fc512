import {
  ConnectionQuality,
  RemoteAudioTrack,
  Track,
  type LocalVideoTrack,
  type Participant,
  type RemoteVideoTrack,
  type Room,
} from 'livekit-client';

/** A participant as the page shows them, at one moment. */
export interface ParticipantView {
  identity: string;
  name: string;
  isLocal: boolean;
  isSpeaking: boolean;
  isMicrophoneOn: boolean;
  camera: VideoTrack | undefined;
  screen: VideoTrack | undefined;
  /** The server holds the picture back: the own connection has no room for it. */
  isCameraPaused: boolean;
  isScreenPaused: boolean;
  /** Sharing a screen, though its picture may not have arrived yet. */
  isSharing: boolean;
  /** What to play: voice, and the sound of a shared screen. Empty for oneself. */
  audio: RemoteAudioTrack[];
  /** When the hand went up, in milliseconds since 1970; undefined while it is down. */
  handRaisedAt: number | undefined;
  connection: 'good' | 'poor' | 'lost';
}

export type VideoTrack = LocalVideoTrack | RemoteVideoTrack;

/** The participant attribute that holds the time at which a hand was raised; empty when it is down. */
export const HAND_ATTRIBUTE = 'hand';

const AUDIO_SOURCES = [Track.Source.Microphone, Track.Source.ScreenShareAudio];

/** Everybody in a room: oneself first, then the others in the order in which they came. */
export function readParticipants(room: Room): ParticipantView[] {
  const others = [...room.remoteParticipants.values()].sort(
    (a, b) => joinedAt(a) - joinedAt(b) || (a.identity < b.identity ? -1 : 1),
  );
  return [room.localParticipant, ...others].map(readParticipant);
}

/** Those with a raised hand, the one waiting longest first. */
export function raisedHands(participants: readonly ParticipantView[]): ParticipantView[] {
  return participants
    .filter((participant) => participant.handRaisedAt !== undefined)
    .sort((a, b) => (a.handRaisedAt ?? 0) - (b.handRaisedAt ?? 0));
}

function readParticipant(participant: Participant): ParticipantView {
  return {
    identity: participant.identity,
    name: participant.name === undefined || participant.name === '' ? participant.identity : participant.name,
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
    connection: connectionOf(participant.connectionQuality),
  };
}

function videoOf(participant: Participant, source: Track.Source): VideoTrack | undefined {
  const publication = participant.getTrackPublication(source);
  return publication === undefined || publication.isMuted ? undefined : publication.videoTrack;
}

function isPaused(participant: Participant, source: Track.Source): boolean {
  return videoOf(participant, source)?.streamState === Track.StreamState.Paused;
}

/** Others set this attribute as they like: whatever is not a number counts as a hand raised just before all others. */
export function handOf(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const time = Number(value);
  return Number.isFinite(time) ? time : 0;
}

function connectionOf(quality: ConnectionQuality): ParticipantView['connection'] {
  if (quality === ConnectionQuality.Poor) return 'poor';
  return quality === ConnectionQuality.Lost ? 'lost' : 'good';
}

function joinedAt(participant: Participant): number {
  return participant.joinedAt?.getTime() ?? 0;
}
