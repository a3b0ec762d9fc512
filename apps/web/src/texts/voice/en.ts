import { isolated } from '../isolated.js';

/** The texts of voice channels in English. */
export const en = {
  people: {
    in: (channel: string) => `In the call of ${isolated(channel)}`,
    more: (count: number) => `${count} more`,
    microphoneOff: 'microphone off',
    muted: 'muted by a moderator',
    deafened: 'deafened by a moderator',
    camera: 'camera on',
    screen: 'shares the screen',
    speaking: 'speaking',
  },
  panel: {
    connected: 'Voice connected',
    connecting: 'Connecting…',
    reconnecting: 'Reconnecting…',
  },
  lobby: {
    here: 'In the call now',
    nobody: 'Nobody is here yet',
    nobodyDetail: 'Come in, and the others see that you are here.',
    mayNotJoin: 'You may not join calls in this channel.',
    join: 'Join',
    joining: 'Joining…',
    withMicrophone: 'You join with your microphone on, and without camera.',
    withoutMicrophone: 'You join with your microphone off, and without camera.',
    mayNotSpeak: 'You may listen here, not speak.',
  },
  moderation: {
    title: 'For everybody',
    mute: 'Mute for everybody',
    unmute: 'Let them speak again',
    deafen: 'Deafen',
    undeafen: 'Let them hear again',
    moveTo: (channel: string) => `Move to ${isolated(channel)}`,
    disconnect: 'Disconnect',
    wasMoved: (channel: string) => `You were moved to ${isolated(channel)}`,
  },
  card: {
    volume: 'Volume',
    percent: (volume: number) => `${volume} %`,
    muteForMe: 'Mute for me',
    hearAgain: 'Hear again',
  },
};

export type VoiceTexts = typeof en;
