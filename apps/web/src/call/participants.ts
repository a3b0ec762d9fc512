import type { LocalVideoTrack, RemoteAudioTrack, RemoteVideoTrack } from 'livekit-client';

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
  /** Hears nobody, as they say themselves. */
  isDeafened: boolean;
  connection: 'good' | 'poor' | 'lost';
  /** Shown as they were last seen, while the connection is being made anew. */
  isAway: boolean;
}

export type VideoTrack = LocalVideoTrack | RemoteVideoTrack;

/** The participant attribute that holds the time at which a hand was raised; empty when it is down. */
export const HAND_ATTRIBUTE = 'hand';

/** The participant attribute of who has turned off the sound of the others; empty otherwise. */
export const DEAFENED_ATTRIBUTE = 'deafened';

/** Those with a raised hand, the one waiting longest first. */
export function raisedHands(participants: readonly ParticipantView[]): ParticipantView[] {
  return participants
    .filter((participant) => participant.handRaisedAt !== undefined)
    .sort((a, b) => (a.handRaisedAt ?? 0) - (b.handRaisedAt ?? 0));
}

/** Others set this attribute as they like: whatever is not a number counts as a hand raised just before all others. */
export function handOf(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const time = Number(value);
  return Number.isFinite(time) ? time : 0;
}
