import type { ParticipantView } from '../src/call/participants.js';

/** A participant with camera off and microphone on, changed as given. */
export function participantView(identity: string, changes: Partial<ParticipantView> = {}): ParticipantView {
  return {
    identity,
    name: identity,
    isLocal: false,
    isSpeaking: false,
    isMicrophoneOn: true,
    camera: undefined,
    screen: undefined,
    isSharing: false,
    isCameraPaused: false,
    isScreenPaused: false,
    audio: [],
    handRaisedAt: undefined,
    isDeafened: false,
    connection: 'good',
    isAway: false,
    ...changes,
  };
}
