import { isolated } from '../isolated.js';
import type { FindingTexts } from './en.js';

/** Texts of finding one's way, in German. */
export const de: FindingTexts = {
  switcher: {
    title: 'Gehe zu',
    field: 'Zu einem Kanal, einer Person oder einer Aktion gehen',
    placeholder: 'Wohin?',
    nothing: (query) => `Nichts heißt ${isolated(query)}`,
    nothingHint: 'Andere Wörter? # sucht nur Kanäle, @ nur Personen.',
    results: (count) => (count === 1 ? '1 Treffer' : `${count} Treffer`),
    newMessages: 'neu',
    mentions: (count) => (count === 1 ? '1 Erwähnung' : `${count} Erwähnungen`),
    hintMove: 'bewegen',
    hintOpen: 'öffnen',
    hintClose: 'schließen',
    groups: {
      unread: 'Ungelesen',
      recent: 'Zuletzt',
      channels: 'Kanäle',
      people: 'Personen und Unterhaltungen',
      communities: 'Communitys',
      deeds: 'Aktionen',
    },
  },
  deeds: {
    readAll: 'Alles als gelesen markieren',
    readDone: 'Alles ist als gelesen markiert',
    shortcuts: 'Tastenkürzel',
    settings: 'Einstellungen',
  },
  shortcuts: {
    title: 'Tastenkürzel',
    lead: 'Die ohne Strg, ⌘ oder Alt gelten, solange du nicht schreibst.',
    groups: {
      workspace: 'Überall',
      messages: 'In Nachrichten',
      call: 'In einem Anruf',
    },
    workspace: {
      switcher: 'Zu einem Kanal, einer Person oder einer Aktion',
      previousChannel: 'Voriger Kanal',
      nextChannel: 'Nächster Kanal',
      previousUnread: 'Voriger ungelesener Kanal',
      nextUnread: 'Nächster ungelesener Kanal',
      markRead: 'Den Kanal als gelesen markieren',
      markAllRead: 'Alles als gelesen markieren',
      muteAnywhere: 'Mikrofon des Anrufs an oder aus, wo du auch bist',
      settings: 'Einstellungen',
      help: 'Diese Liste',
    },
    message: {
      reply: 'Antworten',
      react: 'Reagieren',
      thread: 'Den Thread öffnen',
      edit: 'Bearbeiten',
      copy: 'Den Text kopieren',
      delete: 'Löschen',
    },
    walk: 'Von Nachricht zu Nachricht, sobald eine den Fokus hat',
    editLast: 'Deine letzte Nachricht ändern, aus dem leeren Feld',
    newLine: 'Neue Zeile im Feld',
  },
  keys: { mod: 'Strg', alt: 'Alt', shift: 'Umschalt', escape: 'Esc', delete: 'Entf', enter: 'Eingabe' },
};
