import { isolated } from '../isolated.js';
import type { PeopleTexts } from './en.js';

/** Texts of people and what they are to one, in German. */

export const de: PeopleTexts = {
  friends: {
    title: (count) => `Freunde · ${count}`,
    incoming: (count) => `Möchten mit dir befreundet sein · ${count}`,
    outgoing: (count) => `Von dir gefragt · ${count}`,
    blocked: (count) => `Blockiert · ${count}`,
    accept: (name) => `Anfrage von ${isolated(name)} annehmen`,
    acceptShort: 'Annehmen',
    decline: (name) => `Anfrage von ${isolated(name)} ablehnen`,
    declineShort: 'Ablehnen',
    withdraw: 'Zurückziehen',
    withdrawOf: (name) => `Anfrage an ${isolated(name)} zurückziehen`,
    message: (name) => `${isolated(name)} schreiben`,
    messageShort: 'Nachricht',
    remove: (name) => `Freundschaft mit ${isolated(name)} beenden`,
    removeShort: 'Freundschaft beenden',
    unblock: (name) => `${isolated(name)} nicht mehr blockieren`,
    nobody:
      'Noch keine Freunde. Freunde erreichen einander ohne gemeinsame Community und sehen, wann der andere da ist.',
  },
  addFriend: {
    label: 'Freund hinzufügen',
    hint: 'Mit dem Benutzernamen.',
    submit: 'Anfrage senden',
    asked: (name) => `${isolated(name)} wurde gefragt.`,
    friends: (name) => `Du und ${isolated(name)} seid jetzt befreundet.`,
    nobody: 'Niemand heißt so. Frag nach, wie der Benutzername geschrieben wird.',
    oneself: 'Das bist du.',
    blocked: 'Du hast diese Person blockiert. Hebe das zuerst auf.',
  },
  card: {
    label: (name) => `Über ${isolated(name)}`,
    unknown: 'Mehr siehst du von Leuten, mit denen du eine Community oder ein Gespräch teilst.',
    roles: 'Rollen',
    common: (count) => (count === 1 ? 'Gemeinsame Community' : `${count} gemeinsame Communitys`),
    ask: 'Freund hinzufügen',
    block: 'Blockieren',
  },
  members: {
    title: 'Mitglieder',
    search: 'Mitglieder suchen',
    none: 'Niemand mit diesem Namen.',
  },
  profile: {
    displayName: 'Name',
    displayNameHint: (userName) =>
      `Was andere lesen. Ohne Namen ist es dein Benutzername, ${isolated(userName)}.`,
    pronouns: 'Pronomen',
    about: 'Über dich',
    aboutHint: 'Ein paar Worte für deine Karte.',
    submit: 'Profil speichern',
    saved: 'Dein Profil ist gespeichert.',
  },
};
