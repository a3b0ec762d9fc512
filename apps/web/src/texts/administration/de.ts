import { isolated } from '../isolated.js';
import type { AdministrationTexts } from './en.js';

/** The texts of who runs a community, in German. */

export const de: AdministrationTexts = {
  cancel: 'Abbrechen',
  save: 'Speichern',
  saving: 'Wird gespeichert…',
  saved: 'Gespeichert',
  typeName: (name) => `Gib zur Bestätigung ${isolated(name)} ein`,
  community: {
    add: 'Community gründen oder beitreten',
    menu: 'Menü der Community',
    addTitle: 'Eine Community für dich',
    addLead: 'Gründe eine eigene, oder tritt einer bei, in die du eingeladen bist.',
    joinLead: 'Tritt einer Community bei, in die du eingeladen bist.',
    create: 'Gründen',
    join: 'Beitreten',
    name: 'Name',
    namePlaceholder: 'Rechenwerk',
    description: 'Wofür sie da ist',
    descriptionHint: 'Kann leer bleiben.',
    beginsWith:
      'Sie beginnt mit #general, #announcements und einem Sprachkanal. Lade andere mit einem Link ein.',
    make: 'Community gründen',
    making: 'Wird gegründet…',
    link: 'Einladungslink',
    linkHint: 'So, wie du ihn bekommen hast.',
    otherServer: 'Dieser Link führt zu einem anderen Server. Öffne ihn im Browser.',
    noLink: 'Das ist kein Einladungslink. Kopiere ihn ganz.',
    open: 'Einladung öffnen',
    markRead: 'Alles als gelesen markieren',
    settings: 'Community-Einstellungen',
    leave: 'Community verlassen',
  },
  leave: {
    title: (community) => `${isolated(community)} verlassen?`,
    lead: 'Zurück kommst du nur mit einer Einladung.',
    consequences: [
      'Du siehst ihre Kanäle nicht mehr, und nicht, was darin steht.',
      'Deine Rollen, und was in einzelnen Kanälen für dich galt, sind weg: Wer wiederkommt, fängt neu an.',
      'Was du geschrieben hast, bleibt.',
    ],
    submit: 'Verlassen',
    ownerTitle: (community) => `${isolated(community)} gehört dir`,
    ownerLead: 'Wem eine Community gehört, der kann sie nicht verlassen.',
    ownerDetail: 'Gib sie erst jemand anderem, oder lösch sie, beides in ihren Einstellungen.',
  },
  channel: {
    menu: (channel) => `Menü von ${isolated(channel)}`,
    createIn: (category) => `Kanal in ${isolated(category)} anlegen`,
    create: 'Kanal anlegen',
    createLead: 'Ein Ort für ein Thema, ein Team oder ein Projekt.',
    createCategory: 'Kategorie anlegen',
    categoryLead: 'Kategorien halten Kanäle zusammen und können bestimmen, wer sie sieht.',
    edit: 'Kanal bearbeiten',
    editCategory: 'Kategorie bearbeiten',
    editLead: (channel) => `Was du an ${isolated(channel)} änderst, sehen alle sofort.`,
    kind: 'Art',
    kinds: { text: 'Text', voice: 'Sprache' },
    name: 'Name',
    namePlaceholder: 'produkt-ideen',
    topic: 'Thema',
    topicHint: 'Wofür der Kanal da ist. Kann leer bleiben.',
    private: 'Privat',
    privateHint: 'Nur du, die Verwaltung, und wen du einlässt, sieht ihn.',
    privateCategoryHint: 'Ihre Kanäle sind es auch, wenn in ihnen nichts anderes bestimmt ist.',
    slowMode: 'Langsamer Modus: wie lange alle zwischen zwei Nachrichten warten',
    slowModes: (seconds) => {
      if (seconds === 0) return 'Kein langsamer Modus';
      if (seconds < 60) return `Eine Nachricht in ${seconds} Sekunden`;
      const minutes = seconds / 60;
      if (minutes < 60)
        return minutes === 1 ? 'Eine Nachricht pro Minute' : `Eine Nachricht in ${minutes} Minuten`;
      return minutes === 60 ? 'Eine Nachricht pro Stunde' : `Eine Nachricht in ${minutes / 60} Stunden`;
    },
    archived: 'Archiviert',
    archivedHint: 'Alle können ihn lesen, niemand kann darin schreiben.',
    make: 'Anlegen',
    making: 'Wird angelegt…',
    markRead: 'Als gelesen markieren',
    copyLink: 'Link kopieren',
    linkCopied: 'Der Link ist kopiert',
    permissions: 'Berechtigungen',
    moveUp: 'Nach oben',
    moveDown: 'Nach unten',
    keys: { up: 'Alt ↑', down: 'Alt ↓' },
    movedTo: (channel, place, count) => `${isolated(channel)} ist jetzt ${place} von ${count}`,
    delete: 'Kanal löschen',
    deleteCategory: 'Kategorie löschen',
  },
  deletion: {
    channelTitle: (channel) => `${isolated(channel)} löschen?`,
    channelLead: 'Alles, was darin steht, wird mit gelöscht, für alle und für immer.',
    voiceLead: 'Wer im Gespräch ist, fliegt hinaus. Rückgängig machen lässt es sich nicht.',
    categoryLead: 'Ihre Kanäle bleiben, so privat, wie sie jetzt sind.',
    submit: 'Löschen',
    busy: 'Wird gelöscht…',
    notTheName: 'So heißt es nicht.',
    archiveInstead: 'Damit bleibt, was geschrieben wurde, archiviere den Kanal stattdessen.',
  },
};
