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
  search: {
    field: 'In Nachrichten suchen',
    placeholder: 'In Nachrichten suchen',
    clear: 'Suche leeren',
    completions: 'Vorschläge',
    filters: 'Die Suche eingrenzen',
    keys: {
      from: 'wer es schrieb',
      in: 'in welchem Kanal',
      has: 'was darin ist, etwa ein Link',
      before: 'vor einem Tag',
      after: 'nach einem Tag',
    },
    me: 'Ich',
    hasLink: 'Ein Link',
    daysAgo: (days) => {
      if (days === 0) return 'Heute';
      return days === 1 ? 'Gestern' : `Vor ${days} Tagen`;
    },
    sort: 'Reihenfolge',
    relevance: 'Passendste',
    newest: 'Neueste',
    results: (count, more) => {
      if (more) return `Mehr als ${count} Nachrichten`;
      return count === 1 ? '1 Nachricht' : `${count} Nachrichten`;
    },
    more: 'Mehr Treffer',
    inThread: 'in einem Thread',
    title: 'Suche in allem, was du lesen darfst',
    hint: 'Kanäle, Unterhaltungen und Threads. „Wörter in Anführungszeichen“ stehen nebeneinander.',
    nothing: 'Nichts gefunden',
    nothingHint: 'Versuche es mit weniger oder anderen Wörtern, oder mit einer längeren Zeit.',
    mistake:
      'Diese Suche ist nicht zu verstehen. Tage schreibt man wie 2026-01-31, und was eine Nachricht enthält als has:link.',
  },
  deeds: {
    search: 'In Nachrichten suchen',
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
      search: 'In Nachrichten suchen',
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
      link: 'Den Link kopieren',
      unread: 'Ab hier als ungelesen markieren',
      save: 'Merken',
      pin: 'Anpinnen',
      delete: 'Löschen',
    },
    walk: 'Von Nachricht zu Nachricht, sobald eine den Fokus hat',
    editLast: 'Deine letzte Nachricht ändern, aus dem leeren Feld',
    newLine: 'Neue Zeile im Feld',
  },
  keys: { mod: 'Strg', alt: 'Alt', shift: 'Umschalt', escape: 'Esc', delete: 'Entf', enter: 'Eingabe' },
};
