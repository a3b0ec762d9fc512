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
    code: 'Einrichtungscode',
    codeHint: 'Er steht im Protokoll des Servers, damit niemand sonst ihn sich nimmt.',
    guests:
      'Gäste brauchen kein Konto: Sie telefonieren unter /call, oder kommen über den Link eines Gesprächs.',
    noGuests:
      'Andere kommen über einen Einladungslink von dir. Gäste ohne Konto lässt die Einstellung „guests“ herein.',
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
    lists: 'Communitys und Kanäle',
    communities: 'Communitys',
    directMessages: 'Direktnachrichten',
    channels: 'Kanäle',
    find: 'Suchen oder gehe zu…',
    findKey: 'Strg K',
    you: 'Deine Einstellungen',
    signOut: 'Abmelden',
    noCommunity: {
      title: 'Du bist in keiner Community',
      detail: 'Lass dich von jemandem einladen, der in einer ist, und öffne den Link hier.',
    },
    communityGone: {
      title: 'Diese Community ist nicht hier',
      detail: 'Es gibt sie nicht mehr, oder du bist kein Mitglied. Lass dich einladen.',
    },
    channelGone: {
      title: 'Dieser Kanal ist nicht hier',
      detail: 'Es gibt ihn nicht mehr, oder er ist privat und du bist nicht darin.',
    },
    toChannels: 'Zu den Kanälen',
    archived: 'Archiviert',
    noChannels: {
      title: 'Noch keine Kanäle',
      detail: 'Sobald es einen Kanal gibt, den du sehen darfst, steht er hier.',
    },
  },
  channel: {
    private: 'Privat',
    back: 'Zurück zu den Kanälen',
    about: 'Über diesen Kanal',
    welcome: (channel) => `Willkommen in ${isolated(channel)}`,
    seenByAll: (community) => `Alle in ${isolated(community)} sehen diesen Kanal.`,
    seenByFew: 'Dieser Kanal ist privat: Nur wer eingelassen wurde, sieht ihn.',
  },
  panel: {
    search: 'Suche',
    members: 'Mitglieder',
    close: 'Leiste schließen',
    back: 'Zurück zum Kanal',
    pins: 'Angepinnte Nachrichten',
    thread: 'Thread',
    own: 'Deins',
    threads: 'Deine Threads',
    saved: 'Gemerkte Nachrichten',
    scheduled: 'Geplante Nachrichten',
  },
  voice: {
    kind: 'Sprachkanal',
  },
  invite: {
    people: 'Leute einladen',
    title: (community) => `Leute zu ${isolated(community)} einladen`,
    lead: 'Wer den Link öffnet, kann ein Konto anlegen und beitreten.',
    lifetime: 'Wie lange der Link gilt',
    uses: 'Wie oft der Link gilt',
    expires: (lifetime) => {
      if (lifetime === null) return 'Läuft nie ab';
      const hours = lifetime / 3600;
      if (hours < 24) return hours === 1 ? '1 Stunde lang' : `${hours} Stunden lang`;
      return hours === 24 ? '1 Tag lang' : `${hours / 24} Tage lang`;
    },
    mostUses: (uses) => {
      if (uses === null) return 'Beliebig viele';
      return uses === 1 ? '1 Person' : `${uses} Personen`;
    },
    make: 'Link erstellen',
  },
  settings: {
    of: (name) => `Angemeldet als ${isolated(name)}`,
    tabs: {
      profile: 'Profil',
      appearance: 'Darstellung',
      notifications: 'Mitteilungen',
      sessions: 'Geräte',
      password: 'Passwort',
    },
  },
  sessions: {
    lead: 'Hier bist du angemeldet. Beende, was du nicht kennst, und ändere dann dein Passwort.',
    device: (browser, system) => {
      if (browser === undefined) return system ?? 'Unbekanntes Gerät';
      return system === undefined ? browser : `${browser} auf ${system}`;
    },
    current: 'Dieses Gerät',
    end: 'Beenden',
    endOf: (device) => `Sitzung auf ${device} beenden`,
    ended: 'Die Sitzung ist beendet',
  },
  password: {
    current: 'Jetziges Passwort',
    next: 'Neues Passwort',
    submit: 'Passwort ändern',
    busy: 'Wird geändert…',
    changed: 'Dein Passwort ist geändert. Alle anderen Geräte sind abgemeldet.',
  },
  problem: {
    fileTooLarge: 'Die Datei ist größer, als dieser Server annimmt.',
    storageFull: 'Der Server hat keinen Platz mehr. Sag es denen, die ihn betreiben.',
    title: 'Diese Seite lässt sich nicht zeigen',
    missing: {
      workspace_name: 'Gib dem Arbeitsbereich einen Namen.',
      user_name: 'Gib einen Benutzernamen ein.',
      password: 'Gib ein Passwort ein.',
      current_password: 'Gib dein jetziges Passwort ein.',
      new_password: 'Gib ein neues Passwort ein.',
      setup_code: 'Gib den Code ein, der im Protokoll des Servers steht.',
      name: 'Gib einen Namen ein.',
      link: 'Gib den Link ein, den man dir geschickt hat.',
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
    slowMode: (wait) =>
      wait === undefined
        ? 'Der langsame Modus ist an. Warte einen Moment und versuch es dann noch einmal.'
        : `Der langsame Modus ist an. Versuch es in ${seconds(wait)} noch einmal.`,
    limit: 'Mehr als jetzt geht nicht. Nimm erst etwas weg.',
    unauthenticated: 'Du bist nicht mehr angemeldet. Lade die Seite neu und melde dich an.',
    banned: 'Du bist aus dieser Community gebannt. Frag jemanden darin, den du kennst.',
    forbidden: 'Das darfst du nicht.',
    wrongSetUpCode: 'Das ist nicht der Code. Er steht im Protokoll des Servers, hinter „Set it up at“.',
    noEmoji: 'Dieses Emoji kennt der Server nicht. Wähle ein anderes.',
    notFound: 'Das gibt es nicht mehr.',
    unreachable: 'Der Server antwortet nicht. Prüfe deine Verbindung und versuch es noch einmal.',
    unavailable: 'Der Server hat ein Problem. Versuch es gleich noch einmal.',
    notUnderstood: 'Der Server hat etwas geantwortet, was diese Seite nicht versteht. Lade die Seite neu.',
  },
};
