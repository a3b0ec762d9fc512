import { isolated } from '../isolated.js';
import type { MessageTexts } from './en.js';

/** Texts of what is written in channels, in German. */

const seconds = (count: number) => (count === 1 ? '1 Sekunde' : `${count} Sekunden`);

export const de: MessageTexts = {
  messages: {
    list: (channel) => `Nachrichten in ${isolated(channel)}`,
    loadingOlder: 'Ältere Nachrichten werden geladen…',
    beginning: 'Der Anfang dieses Kanals',
    noHistory: 'Was hier früher geschrieben wurde, darfst du nicht lesen.',
    fresh: 'Neu',
    toPresent: 'Zum Neuesten',
    edited: 'bearbeitet',
    sending: 'Wird gesendet…',
    failed: (why) => `Nicht gesendet. ${why}`,
    again: 'Noch einmal versuchen',
    drop: 'Löschen',
    gone: 'Gelöschtes Konto',
    replyTo: (name) => `Als Antwort auf ${isolated(name)}`,
    replyToGone: 'Als Antwort auf eine gelöschte Nachricht',
    forwarded: 'Weitergeleitet',
    forwardedGone: 'Was hier weitergeleitet wurde, ist gelöscht.',
    spoiler: 'Verborgen. Zum Zeigen drücken.',
    today: 'Heute',
    yesterday: 'Gestern',
  },
  unread: {
    messages: (count) => (count >= 100 ? 'über 99 neue' : `${count} neue`),
    mentions: (count) => (count === 1 ? '1 Erwähnung' : `${count} Erwähnungen`),
  },
  composer: {
    label: (channel) => `Nachricht in ${isolated(channel)}`,
    placeholder: (channel) => `Schreib in ${isolated(channel)}`,
    send: 'Senden',
    tooLong: (count) => `${count} Zeichen zu viel`,
    left: (count) => `Noch ${count} Zeichen`,
    slowMode: (wait) => `Langsamer Modus: eine Nachricht in ${seconds(wait)}.`,
    archived: 'Dieser Kanal ist archiviert. Er lässt sich nur noch lesen.',
    mayNot: 'Hier darfst du lesen, aber nicht schreiben.',
  },
  pins: {
    none: 'Noch ist nichts angepinnt',
    hint: 'Was alle hier wiederfinden sollen, lässt sich im Menü einer Nachricht anpinnen.',
  },
  jump: 'Im Kanal zeigen',
  actions: {
    more: 'Mehr',
    react: 'Reagieren',
    reactWith: (emoji) => `Mit ${emoji} reagieren`,
    reactions: 'Reaktionen',
    reaction: (emoji, count) => (count === 1 ? `${emoji}, 1 Person` : `${emoji}, ${count} Personen`),
    edit: 'Bearbeiten',
    pin: 'Anpinnen',
    unpin: 'Nicht mehr anpinnen',
    pinned: 'Die Nachricht ist angepinnt',
    unpinned: 'Die Nachricht ist nicht mehr angepinnt',
    delete: 'Löschen',
    copy: 'Text kopieren',
    copied: 'Der Text ist kopiert',
    copyFailed: 'Der Browser erlaubt das Kopieren hier nicht.',
    editing: 'Nachricht bearbeiten',
    save: 'Speichern',
    cancel: 'Abbrechen',
    deleteTitle: 'Diese Nachricht löschen?',
    deleteDetail: 'Sie verschwindet für alle.',
  },
};
