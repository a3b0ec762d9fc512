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
};

export type VoiceTexts = typeof en;
