import { isolated } from '../isolated.js';
import type { VoiceTexts } from './en.js';

/** The texts of voice channels in German. */
export const de: VoiceTexts = {
  people: {
    in: (channel) => `Im Anruf von ${isolated(channel)}`,
    more: (count) => `${count} weitere`,
    microphoneOff: 'Mikrofon aus',
    muted: 'von der Moderation stummgeschaltet',
    deafened: 'von der Moderation taub geschaltet',
    camera: 'Kamera an',
    screen: 'teilt den Bildschirm',
    speaking: 'spricht',
  },
};
