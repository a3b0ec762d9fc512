import { isolated } from '../isolated.js';
import type { ConversationTexts } from './en.js';

/** Texts of conversations outside of communities, in German. */

export const de: ConversationTexts = {
  title: 'Direktnachrichten',
  friends: 'Freunde',
  gone: 'Gelöschtes Konto',
  onlyYou: 'Nur du',
  unread: (count) => (count >= 100 ? 'über 99 neue' : `${count} neue`),
  requests: (count) => (count === 1 ? '1 Freundschaftsanfrage' : `${count} Freundschaftsanfragen`),
  members: (count) => (count === 1 ? '1 Mitglied' : `${count} Mitglieder`),
  empty: 'Noch niemand zum Reden. Beginne ein Gespräch mit jemandem, den du kennst.',
  back: 'Zurück zu den Gesprächen',
  start: 'Neues Gespräch',
  startLead: 'Mit einer Person, oder mit mehreren als Gruppe.',
  startDirect: 'Gespräch beginnen',
  startGroup: 'Gruppe beginnen',
  add: 'Personen hinzufügen',
  addTo: (name) => `Personen zu ${isolated(name)} hinzufügen`,
  addLead: 'Sie sehen, was bisher geschrieben wurde, und wer in der Gruppe ist, kann weitere hinzufügen.',
  groupLead: 'Eine neue Gruppe wird begonnen; dieses Gespräch bleibt zwischen euch beiden.',
  addSubmit: 'Hinzufügen',
  more: 'Mehr',
  showMembers: (count) => `Mitglieder: ${count}`,
  rename: 'Umbenennen',
  renameTitle: 'Name der Gruppe',
  renameLead: 'Alle in der Gruppe sehen ihn. Ohne Namen stehen dort die Namen ihrer Mitglieder.',
  name: 'Name',
  save: 'Speichern',
  busy: 'Einen Moment…',
  leave: 'Gruppe verlassen',
  leaveTitle: (name) => `${isolated(name)} verlassen?`,
  leaveLead:
    'Du siehst nicht mehr, was dort geschrieben wird. Jemand aus der Gruppe kann dich wieder hinzufügen.',
  cancel: 'Abbrechen',
  beginningDirect: (name) => `Hier beginnt dein Gespräch mit ${isolated(name)}.`,
  beginningGroup: (name) => `Hier beginnt ${isolated(name)}.`,
  youBlocked: (name) => `Du hast ${isolated(name)} blockiert. Hier kann keiner von euch schreiben.`,
  unblock: 'Nicht mehr blockieren',
  notHere: {
    title: 'Dieses Gespräch ist nicht da',
    detail: 'Es ist weg, oder du bist nicht mehr dabei.',
  },
  toConversations: 'Zu den Gesprächen',
  closed:
    'Eine dieser Personen nimmt nur Nachrichten von Freunden an. Frag erst, ob ihr Freunde werden wollt.',
  picker: {
    label: 'Wer',
    placeholder: 'Nach Namen suchen',
    none: 'Niemand mit diesem Namen unter Freunden und in deinen Communitys.',
    found: 'Personen',
    chosen: 'Ausgewählt',
    remove: (name) => `${isolated(name)} entfernen`,
    most: 'Eine Gruppe hat höchstens 10 Mitglieder.',
    groupName: 'Name der Gruppe (freiwillig)',
  },
};
