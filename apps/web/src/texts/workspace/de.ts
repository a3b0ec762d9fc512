import { isolated } from '../isolated.js';
import type { WorkspaceTexts } from './en.js';

/** The workspace's texts in German. */

const seconds = (count: number) => (count === 1 ? '1 Sekunde' : `${count} Sekunden`);

export const de: WorkspaceTexts = {
  account: {
    userName: 'Benutzername',
    userNameHint: 'Damit erwähnen dich andere. Ohne Leerzeichen.',
    password: 'Passwort',
    passwordHint: 'Mindestens 10 Zeichen. Ein paar Wörter sind gut.',
    showPassword: 'Passwort zeigen',
    hidePassword: 'Passwort verbergen',
    startCall: 'Gespräch ohne Konto beginnen',
    guestCall: 'Nur ein kurzes Gespräch?',
  },
  setUp: {
    title: 'Richte deinen Arbeitsbereich ein',
    lead: 'Ein Ort, an dem dein Team miteinander spricht, auf eurem eigenen Server. Er gehört dann dir.',
    name: 'Name des Arbeitsbereichs',
    namePlaceholder: 'Rechenwerk',
    submit: 'Arbeitsbereich anlegen',
    busy: 'Wird angelegt…',
  },
  signIn: {
    title: (workspace) => `Bei ${isolated(workspace)} anmelden`,
    lead: 'Schön, dass du wieder da bist.',
    submit: 'Anmelden',
    busy: 'Du wirst angemeldet…',
    noAccount: 'Noch kein Konto? Lass dich von jemandem einladen, der schon dabei ist.',
  },
  invitation: {
    title: (community) => `${isolated(community)} beitreten`,
    lead: 'Du bist eingeladen. Leg ein Konto an, um hereinzukommen.',
    leadSignIn: 'Du bist eingeladen. Melde dich an, um hereinzukommen.',
    leadSignedIn: (name) => `Du bist eingeladen. Angemeldet bist du als ${isolated(name)}.`,
    until: (time) => `Gültig bis ${time}`,
    create: 'Konto anlegen und beitreten',
    signIn: 'Anmelden und beitreten',
    join: 'Beitreten',
    busy: 'Du trittst bei…',
    haveAccount: 'Ich habe ein Konto',
    newAccount: 'Ich brauche ein Konto',
    otherAccount: 'Anderes Konto benutzen',
    gone: {
      title: 'Diese Einladung gilt nicht mehr',
      detail: 'Sie ist abgelaufen, aufgebraucht oder war nie vollständig. Bitte um eine neue.',
    },
  },
  shell: {
    signedIn: 'Du bist angemeldet.',
    signOut: 'Abmelden',
  },
  problem: {
    title: 'Diese Seite lässt sich nicht zeigen',
    missing: {
      workspace_name: 'Gib dem Arbeitsbereich einen Namen.',
      user_name: 'Gib einen Benutzernamen ein.',
      password: 'Gib ein Passwort ein.',
      current_password: 'Gib dein jetziges Passwort ein.',
      new_password: 'Gib ein neues Passwort ein.',
    },
    userName: {
      length: 'Wähle einen Namen mit 2 bis 32 Zeichen.',
      characters: 'Nimm nur Buchstaben, Ziffern, „.“, „_“ und „-“.',
      ends: 'Beginne und ende mit einem Buchstaben oder einer Ziffer; dazwischen steht „.“, „_“ oder „-“ nur einzeln.',
      scripts: 'Nimm nur Buchstaben einer Schrift.',
      reserved: 'Dieser Name bedeutet hier etwas anderes. Wähle einen anderen.',
      other: 'Diesen Namen kann niemand haben. Wähle einen anderen.',
    },
    password: {
      short: 'Zu kurz. Nimm mindestens 10 Zeichen; ein paar Wörter sind gut.',
      long: 'Zu lang. Nimm höchstens 256 Zeichen.',
      guessable: 'Zu leicht zu erraten. Nimm etwas weniger Übliches; ein paar Wörter sind gut.',
      other: 'Dieses Passwort geht nicht. Wähle ein anderes.',
    },
    wrongCredentials: 'Name oder Passwort ist falsch. Prüfe beides und versuch es noch einmal.',
    wrongPassword: 'Das ist nicht dein jetziges Passwort.',
    userNameTaken: 'Diesen Namen hat schon jemand. Wähle einen anderen, oder melde dich an, wenn du es bist.',
    alreadySetUp: 'Dieser Arbeitsbereich ist inzwischen eingerichtet. Lade die Seite neu und melde dich an.',
    invalid: 'Der Server nimmt das nicht an. Ändere es und versuch es noch einmal.',
    tooMany: (wait) =>
      wait === undefined
        ? 'Zu viele Versuche. Warte einen Moment und versuch es dann noch einmal.'
        : `Zu viele Versuche. Versuch es in ${seconds(wait)} noch einmal.`,
    unauthenticated: 'Du bist nicht mehr angemeldet. Lade die Seite neu und melde dich an.',
    forbidden: 'Das darfst du nicht.',
    notFound: 'Das gibt es nicht mehr.',
    unreachable: 'Der Server antwortet nicht. Prüfe deine Verbindung und versuch es noch einmal.',
    unavailable: 'Der Server hat ein Problem. Versuch es gleich noch einmal.',
    notUnderstood: 'Der Server hat etwas geantwortet, was diese Seite nicht versteht. Lade die Seite neu.',
  },
};
