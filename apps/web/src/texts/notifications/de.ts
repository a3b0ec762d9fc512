import { isolated } from '../isolated.js';
import type { NotificationTexts } from './en.js';

/** Texts of what one is told of, in German. */
export const de: NotificationTexts = {
  menu: {
    of: (name) => `Benachrichtigungen von ${isolated(name)}`,
    read: 'Als gelesen markieren',
    mute: 'Stummschalten',
    unmute: 'Nicht mehr stummschalten',
    mutedUntil: (time) => `Stumm bis ${time}`,
    times: {
      quarter: 'Für 15 Minuten',
      hour: 'Für 1 Stunde',
      workday: 'Für 8 Stunden',
      tomorrow: 'Bis morgen',
      ever: 'Bis ich es ändere',
    },
    tell: 'Benachrichtige mich über',
    levels: {
      usual: 'Wie üblich',
      everything: 'Jede Nachricht',
      mentions: 'Erwähnungen',
      nothing: 'Nichts',
    },
  },
  desktop: {
    title: 'Auf diesem Gerät',
    ask: 'Benachrichtigungen einschalten',
    lead: 'Der Browser fragt, ob diese Seite Benachrichtigungen zeigen darf.',
    denied:
      'Der Browser lässt diese Seite keine Benachrichtigungen zeigen. Erlaube es in den Einstellungen des Browsers.',
    missing: 'Dieser Browser zeigt keine Benachrichtigungen.',
    on: 'Benachrichtigungen zeigen',
    onHint: 'Solange der Kanal nicht zu sehen ist. Ein Klick führt zur Nachricht.',
    sound: 'Einen Ton spielen',
    soundHint: 'Mit jeder Benachrichtigung.',
    inChannel: (author, channel) => `${isolated(author)} in #${isolated(channel)}`,
    inGroup: (author, group) => `${isolated(author)} in ${isolated(group)}`,
    hidden: '▮▮▮',
    noText: 'Hat etwas geschickt',
  },
  keywords: {
    title: 'Meine Wörter',
    hint: 'Sie zählen als Erwähnung, eines in jeder Zeile.',
    save: 'Speichern',
    saved: 'Gespeichert',
    tooMany: (most) => `Höchstens ${most} Wörter mit je 50 Zeichen.`,
  },
  quiet: {
    title: 'Ruhezeiten',
    on: 'Nach der Uhr nicht stören',
    onHint: 'Dann ist nichts zu sehen und zu hören; gezählt wird trotzdem.',
    from: 'Von',
    until: 'Bis',
    days: 'An welchen Tagen sie beginnen',
    zone: (zone) => `Nach der Uhr von ${zone}`,
  },
};
