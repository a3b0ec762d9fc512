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
  panel: {
    connected: 'Sprache verbunden',
    connecting: 'Wird verbunden …',
    reconnecting: 'Wird neu verbunden …',
  },
  lobby: {
    here: 'Gerade im Gespräch',
    nobody: 'Noch ist niemand hier',
    nobodyDetail: 'Komm herein, dann sehen die anderen, dass du da bist.',
    mayNotJoin: 'In diesem Kanal darfst du an keinem Gespräch teilnehmen.',
    join: 'Beitreten',
    joining: 'Trete bei …',
    withMicrophone: 'Du trittst mit Mikrofon und ohne Kamera bei.',
    withoutMicrophone: 'Du trittst ohne Mikrofon und ohne Kamera bei.',
    mayNotSpeak: 'Du darfst hier zuhören, nicht sprechen.',
  },
  moderation: {
    title: 'Für alle',
    mute: 'Für alle stummschalten',
    unmute: 'Wieder sprechen lassen',
    deafen: 'Taub schalten',
    undeafen: 'Wieder hören lassen',
    moveTo: (channel) => `Nach ${isolated(channel)} verschieben`,
    disconnect: 'Trennen',
    wasMoved: (channel) => `Du wurdest nach ${isolated(channel)} verschoben`,
  },
  card: {
    volume: 'Lautstärke',
    percent: (volume) => `${volume} %`,
    muteForMe: 'Für mich stumm',
    hearAgain: 'Wieder hören',
  },
};
