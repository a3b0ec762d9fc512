import type { PresenceTexts } from './en.js';

/** Texts of who is there, in German. */

export const de: PresenceTexts = {
  presence: {
    online: 'Online',
    away: 'Abwesend',
    do_not_disturb: 'Nicht stören',
    offline: 'Offline',
  },
  availability: {
    label: 'Was andere sehen',
    available: 'Online',
    availableHint: 'Und abwesend, wenn du hier eine Weile nichts tust.',
    do_not_disturb: 'Nicht stören',
    do_not_disturbHint: 'Andere sehen es, und nichts soll dich rufen.',
    invisible: 'Unsichtbar',
    invisibleHint: 'Für andere bist du offline.',
  },
  status: {
    set: 'Status setzen',
    change: 'Status ändern',
    clear: 'Status löschen',
    title: 'Dein Status',
    lead: 'Was andere neben deinem Namen sehen.',
    text: 'Was machst du gerade?',
    emoji: 'Emoji',
    noEmoji: 'Kein Emoji',
    until: 'Wie lange',
    save: 'Speichern',
    suggestions: 'Vorschläge',
    examples: [
      { emoji: '📅', text: 'In einer Besprechung' },
      { emoji: '🥪', text: 'Mittagspause' },
      { emoji: '🏠', text: 'Arbeite zu Hause' },
      { emoji: '🤒', text: 'Krank' },
      { emoji: '🌴', text: 'Im Urlaub' },
    ],
    ends: {
      never: 'Bis ich ihn lösche',
      hour: '1 Stunde lang',
      four_hours: '4 Stunden lang',
      today: 'Heute',
      week: 'Diese Woche',
    },
    endsAt: (time) => `Bis ${time}`,
  },
};
