import { isolated } from './isolated.js';
import type { Texts } from './en.js';

/** The page's texts in German. */

const lists = new Intl.ListFormat('de', { type: 'conjunction' });

/** Names as one says them in a row. */
function listed(people: readonly string[]): string {
  return lists.format(people.map(isolated));
}

type Source = 'camera' | 'microphone' | 'screen';

const YOUR: Record<Source, string> = {
  camera: 'deine Kamera',
  microphone: 'dein Mikrofon',
  screen: 'dein Bildschirm',
};
/** Without an article, as in "Keine Kamera gefunden". */
const NO: Record<Source, string> = {
  camera: 'keine Kamera',
  microphone: 'kein Mikrofon',
  screen: 'kein Bildschirm',
};

const are = (sources: readonly Source[]) => (sources.length > 1 ? 'sind' : 'ist');
const yours = (sources: readonly Source[]) => sources.map((source) => YOUR[source]).join(' und ');
const atStart = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const de: Texts = {
  app: {
    name: 'Parley',
    loading: 'Wird geladen…',
    tryAgain: 'Erneut versuchen',
    close: 'Schließen',
    notice: 'Hinweis',
    closeNotice: 'Hinweis schließen',
    announcements: 'Ansagen',
    frontPage: 'Startseite',
    title: (page) => `${page} · Parley`,
    titleUnread: (count, page) => `(${count}) ${page} · Parley`,
    titleInCall: (page) => `● ${page} · Parley`,
  },
  notFound: {
    title: 'Hier ist nichts',
    detail:
      'Vielleicht ist die Adresse unvollständig, oder es gibt das Ziel nicht mehr. Frag noch einmal nach dem Link oder fang neu an.',
  },
  crash: {
    title: 'Hier ist etwas schiefgegangen',
    detail:
      'Dieser Teil der Seite ist ausgefallen. Versuch es noch einmal; wenn es wieder geschieht, lade die Seite neu.',
    reload: 'Seite neu laden',
  },
  people: {
    you: 'Du',
    youAfterName: ' (du)',
    count: (count) => `${count} ${count === 1 ? 'Person' : 'Personen'} im Gespräch`,
    inThisCall: 'Wer in diesem Gespräch ist',
    inTheCall: 'Im Gespräch',
    raisedHands: 'Gehobene Hände',
    handRaised: 'Hand gehoben',
    sharingScreen: 'Teilt den Bildschirm',
    cameraOn: 'Kamera an',
    cameraOff: 'Kamera aus',
    microphoneOn: 'Mikrofon an',
    microphoneOff: 'Mikrofon aus',
    deafened: 'Hört niemanden',
    menu: (name) => `${isolated(name)}: Lautstärke und mehr`,
  },
  news: {
    joined: (people) => `${listed(people)} ${people.length > 1 ? 'sind' : 'ist'} dazugekommen`,
    left: (people) => `${listed(people)} ${people.length > 1 ? 'sind' : 'ist'} gegangen`,
    manyJoined: (name, others) => `${isolated(name)} und ${others} weitere sind dazugekommen`,
    manyLeft: (name, others) => `${isolated(name)} und ${others} weitere sind gegangen`,
    raisedHand: (name) => `${isolated(name)} hebt die Hand`,
    sharesScreen: (name) => `${isolated(name)} teilt den Bildschirm`,
  },
  chat: {
    received: (name, text) => `${isolated(name)}: ${isolated(text)}`,
    notSent: 'Deine Nachricht wurde nicht gesendet',
    retry: 'Nicht gesendet. Erneut versuchen',
    write: 'Nachricht schreiben',
    send: 'Nachricht senden',
    empty: 'Noch keine Nachrichten',
    emptyDetail:
      'Alle im Gespräch sehen, was du schreibst. Wenn das Gespräch endet, sind die Nachrichten weg.',
  },
  reactions: {
    title: 'Reaktionen',
    thumbsUp: 'Daumen hoch',
    applause: 'Applaus',
    heart: 'Herz',
    laughing: 'Lachen',
    party: 'Feiern',
    surprised: 'Staunen',
    thinking: 'Nachdenken',
    thumbsDown: 'Daumen runter',
  },
  stage: {
    label: 'Teilnehmende',
    pages: 'Seiten mit Teilnehmenden',
    previousPage: 'Vorherige Seite',
    nextPage: 'Nächste Seite',
    pageOf: (page, pages) => `${page} von ${pages}`,
    others: (count) => (count === 1 ? 'andere Person' : 'andere'),
    speaksOnPage: (name, page) => `${isolated(name)} spricht auf Seite ${page}`,
    broken: (name) => `Das Bild von ${isolated(name)} ist ausgefallen`,
    screenSeen: 'Alle sehen deinen Bildschirm',
    screenComing: 'Der Bildschirm kommt gleich…',
    stopSharing: 'Nicht mehr teilen',
    yourScreen: 'Dein Bildschirm',
    screenOf: (name) => `Bildschirm von ${isolated(name)}`,
    screenLabel: (name, isPaused) => `Bildschirm von ${name}${isPaused ? ', angehalten' : ''}`,
    paused: 'Angehalten: Deine Verbindung ist dafür zu langsam',
    poorConnection: 'Schlechte Verbindung',
    wholePictureOf: (name) => `Ganzes Bild von ${name}`,
    wholePicture: 'Das ganze Bild zeigen',
    fillTile: 'Die Kachel füllen',
    pin: (name) => `${name} anheften`,
    pinScreen: (name) => `Bildschirm von ${name} anheften`,
    pinHint: 'Groß behalten',
    unpinHint: 'Nicht mehr groß behalten',
    states: {
      away: 'verbindet sich neu',
      muted: 'Mikrofon aus',
      cameraOff: 'Kamera aus',
      paused: 'Bild angehalten',
      speaking: 'spricht',
      handRaised: 'Hand gehoben',
      poorConnection: 'schlechte Verbindung',
    },
  },
  hand: {
    raise: 'Hand heben',
    lower: 'Hand senken',
    raiseHint: 'Die Hand heben',
    lowerHint: 'Die Hand senken',
    isRaised: 'Deine Hand ist gehoben',
    isDown: 'Deine Hand ist unten',
    wentDown: 'Du hast gesprochen: Deine Hand ist wieder unten.',
    failed: 'Die anderen haben deine Hand nicht gesehen. Versuch es noch einmal.',
  },
  media: {
    microphone: 'Mikrofon',
    camera: 'Kamera',
    speaker: 'Lautsprecher',
    device: (number) => `Gerät ${number}`,
    noneFound: 'Nichts gefunden',
    noCamera: 'Keine Kamera',
    noMicrophone: 'Kein Mikrofon',
    defaultSpeaker: 'Standardlautsprecher',
    level: 'Pegel des Mikrofons',
    testSpeaker: 'Lautsprecher testen',
    playingTest: 'Ein Testton wird gespielt',
    testFailed: 'Der Lautsprecher hat nicht gespielt. Wähle einen anderen.',
    deviceFailed: 'Dieses Gerät ist nicht gestartet. Das bisherige bleibt in Gebrauch.',
    chooseSound: 'Mikrofon und Lautsprecher wählen',
    chooseCamera: 'Kamera wählen',
    turnOn: {
      microphone: 'Mikrofon einschalten',
      camera: 'Kamera einschalten',
      screen: 'Bildschirm teilen',
    },
    turnOff: {
      microphone: 'Mikrofon ausschalten',
      camera: 'Kamera ausschalten',
      screen: 'Bildschirm nicht mehr teilen',
    },
    starting: {
      microphone: 'Mikrofon startet…',
      camera: 'Kamera startet…',
      screen: 'Das Teilen beginnt…',
    },
    shareScreen: 'Bildschirm teilen',
    switched: {
      microphone: { on: 'Mikrofon an', off: 'Mikrofon aus' },
      camera: { on: 'Kamera an', off: 'Kamera aus' },
      screen: { on: 'Du teilst deinen Bildschirm', off: 'Du teilst deinen Bildschirm nicht mehr' },
    },
    stoppedByOthers: {
      microphone: 'Dein Mikrofon wurde ausgeschaltet. Schalte es wieder ein, wenn du sprechen willst.',
      camera: 'Deine Kamera wurde ausgeschaltet. Schalte sie wieder ein, wenn man dich sehen soll.',
      screen: 'Dein Bildschirm wird nicht mehr geteilt.',
    },
    tryingAgain: {
      microphone: 'Die anderen hören dich nicht: Dein Mikrofon ist noch nicht zurück. Neuer Versuch…',
      camera: 'Die anderen sehen dich nicht: Deine Kamera ist noch nicht zurück. Neuer Versuch…',
      screen: 'Dein Bildschirm wird nicht mehr geteilt.',
    },
    onAgain: {
      microphone: 'Dein Mikrofon ist wieder an',
      camera: 'Deine Kamera ist wieder an',
      screen: 'Dein Bildschirm wird wieder geteilt',
    },
    problem: {
      insecure: (sources) => ({
        title: `Der Browser gibt ${yours(sources)} nicht frei`,
        detail: `Das dürfen nur Seiten mit HTTPS oder von localhost. Frag, wer diesen Server betreibt, nach seiner HTTPS-Adresse.`,
      }),
      denied: (sources) => ({
        title: `${atStart(yours(sources))} ${are(sources)} gesperrt`,
        detail: `Erlaube den Zugriff für diese Seite in der Adresszeile deines Browsers und versuch es dann noch einmal.`,
      }),
      missing: (sources) => ({
        title: `${atStart(sources.map((source) => NO[source]).join(' und '))} gefunden`,
        detail: `Du kannst trotzdem beitreten, oder du schließt das Gerät an und versuchst es noch einmal.`,
      }),
      busy: (sources) => ({
        title: `${atStart(yours(sources))} ${are(sources)} in Gebrauch`,
        detail: `Ein anderes Programm oder ein anderer Tab benutzt das Gerät. Schließ es dort und versuch es noch einmal.`,
      }),
      failed: (sources) => ({
        title: `${atStart(yours(sources))} ${are(sources)} nicht gestartet`,
        detail: `Versuch es noch einmal oder wähle ein anderes Gerät. Du kannst auch ohne beitreten.`,
      }),
    },
    problemHint: {
      insecure: { microphone: 'Mikrofon braucht HTTPS', camera: 'Kamera braucht HTTPS' },
      denied: { microphone: 'Mikrofon ist gesperrt', camera: 'Kamera ist gesperrt' },
      missing: { microphone: 'Kein Mikrofon gefunden', camera: 'Keine Kamera gefunden' },
      busy: { microphone: 'Mikrofon ist in Gebrauch', camera: 'Kamera ist in Gebrauch' },
      failed: { microphone: 'Mikrofon ist nicht gestartet', camera: 'Kamera ist nicht gestartet' },
    },
    youAreMuted:
      'Dein Mikrofon ist aus. Halte zum Sprechen die Leertaste gedrückt, oder schalte das Mikrofon ein.',
  },
  ended: {
    left: {
      title: 'Du hast das Gespräch verlassen',
      detail: 'Die anderen können weiterreden. Du kannst jederzeit zurückkommen.',
    },
    elsewhere: {
      title: 'Du bist anderswo beigetreten',
      detail:
        'Dieses Gespräch geht in einem anderen Tab oder Fenster weiter. Wenn du hier beitrittst, holst du es zurück.',
    },
    removed: {
      title: 'Du wurdest aus dem Gespräch entfernt',
      detail: 'Jemand, der diesen Raum leitet, hat deine Teilnahme beendet.',
    },
    closed: { title: 'Das Gespräch ist zu Ende', detail: 'Der Raum wurde für alle geschlossen.' },
    restarting: {
      title: 'Der Server startet neu',
      detail: 'Gespräche sind gleich wieder möglich. Warte einen Moment und tritt dann wieder bei.',
    },
    lost: {
      title: 'Die Verbindung ist abgebrochen',
      detail: 'Wir wollten dich zurückholen, aber es ging nicht. Prüfe dein Netz und tritt dann wieder bei.',
    },
    rejoin: 'Wieder beitreten',
    rejoining: 'Du trittst bei…',
  },
  joinError: {
    refused: 'Der Server hat dich nicht eingelassen. Lade die Seite neu und versuch es noch einmal.',
    unreachable: 'Der Server antwortet nicht. Prüfe deine Verbindung und versuch es noch einmal.',
    timeout: 'Der Server hat zu lange gebraucht. Versuch es gleich noch einmal.',
    tooMany: 'Gerade wollen zu viele beitreten. Warte einen Moment und versuch es noch einmal.',
    noGuests: 'Dieser Server lässt keine Gäste ein.',
    unable: 'Der Server kann gerade keine Gespräche annehmen. Versuch es gleich noch einmal.',
    notAccepted: 'Der Server hat diesen Namen oder Raum nicht angenommen.',
    notUnderstood: 'Der Server hat etwas geantwortet, was diese Seite nicht versteht. Lade die Seite neu.',
    failed:
      'Das Beitreten hat nicht geklappt: Vielleicht sperrt dein Netz Gespräche. Versuch es noch einmal oder in einem anderen Netz.',
  },
  lobby: {
    preview: 'Vorschau',
    devices: 'Geräte',
    title: 'Sprich mit deinem Team',
    titleInvited: 'Bereit zum Beitreten?',
    lead: 'Wähle einen Raum, teile seinen Link, und trefft euch dort. Zu installieren ist nichts.',
    leadInvited: 'Sieh und hör nach, wie du ankommst, und komm dann herein.',
    name: 'Dein Name',
    namePlaceholder: 'Ada Lovelace',
    room: 'Raum',
    roomPlaceholder: 'wochenplanung',
    suggest: 'Einen Raumnamen vorschlagen',
    join: 'Gespräch beitreten',
    joining: 'Du trittst bei…',
    cancel: 'Abbrechen',
    nobodyHere: 'Noch niemand ist da.',
    peopleHere: (people, others) => {
      const counted = others === 1 ? '1 weitere Person' : `${others} weitere`;
      if (people.length === 0) return others === 1 ? '1 Person ist da' : `${others} Personen sind da`;
      const everybody = others > 0 ? [...people.map(isolated), counted] : people.map(isolated);
      return `${lists.format(everybody)} ${everybody.length === 1 ? 'ist' : 'sind'} da`;
    },
    inOtherTab:
      'Du bist schon in diesem Gespräch, in einem anderen Tab. Wer zweimal dabei ist, hört sich selbst als Echo.',
    useThisTab: 'Diesen Tab benutzen',
    joinTwice: 'Ein zweites Mal beitreten',
    nameMissing: 'Gib deinen Namen ein, damit die anderen wissen, wer du bist.',
    roomMissing: 'Gib den Raum ein, dem du beitreten willst.',
    roomUnlinkable:
      'Zu diesem Raum kann kein Link führen. Wähle einen Namen, der nicht nur aus Punkten besteht.',
    comingBack: (room) => `Zurück nach ${isolated(room)}…`,
    yourCamera: 'Deine Kamera',
    startingCamera: 'Deine Kamera startet…',
    cameraIsOff: 'Deine Kamera ist aus',
    cameraAndMicrophone: 'Kamera und Mikrofon',
    serverUnreachable: 'Der Server ist nicht zu erreichen',
    serverSilent: 'Der Server antwortet nicht.',
    guestsRefused: {
      title: 'Gäste können hier nicht beitreten',
      detail:
        'Auf diesem Server sind Gäste nicht zugelassen. Frag, wer ihn betreibt, ob Gäste herein dürfen.',
    },
  },
  invite: {
    label: 'Andere einladen',
    title: 'Außer dir ist niemand hier',
    detail: 'Schick diesen Link allen, die dazukommen sollen.',
    link: 'Einladungslink',
    copy: 'Kopieren',
    copied: 'Kopiert',
    copyLink: 'Link kopieren',
    copyInvitation: 'Einladungslink kopieren',
    linkCopied: 'Link kopiert',
    announced: 'Einladungslink kopiert',
    copyYourself: (link) => `Kopiere diesen Link von Hand: ${link}`,
  },
  connection: {
    offline: 'Du bist offline.',
    offlineDetail: 'Das Gespräch kommt von selbst zurück, sobald dein Netz wieder da ist.',
    reconnecting: 'Die Verbindung wird neu aufgebaut…',
    mediaFlows: 'Ihr hört euch noch.',
    mediaStopped: 'Die anderen hören dich vielleicht kurz nicht.',
    silent: 'Vom Gespräch kommt nichts an.',
    heldBack: 'Dein Browser hält den Ton zurück.',
    playSound: 'Alle hören',
  },
  call: {
    label: (room) => `Gespräch in ${room}`,
    timer: 'Dauer dieses Gesprächs',
    recording: 'Wird aufgenommen',
    speakerView: 'Sprecheransicht',
    gridView: 'Rasteransicht',
    controls: 'Steuerung des Gesprächs',
    more: 'Mehr',
    messages: 'Nachrichten',
    messagesUnread: (count) => `Nachrichten (${count} neu)`,
    people: 'Personen',
    closePanel: { chat: 'Nachrichten schließen', people: 'Personen schließen' },
    leave: 'Gespräch verlassen',
    deafen: 'Ton der anderen aus',
    undeafen: 'Die anderen wieder hören',
    isDeafened: 'Du hörst niemanden, und niemand hört dich',
    hearsAgain: 'Du hörst die anderen wieder',
    settings: 'Einstellungen',
    fullScreen: 'Vollbild',
    leaveFullScreen: 'Vollbild beenden',
    ongoing: 'Gespräch im Hintergrund',
    inCall: (room) => `Du bist in ${isolated(room)}`,
    backToCall: 'Zurück zum Gespräch',
  },
  settings: {
    title: 'Einstellungen',
    description: 'Änderungen gelten sofort und werden auf diesem Gerät gemerkt.',
    devices: 'Geräte',
    devicesHeading: 'Kamera, Mikrofon und Lautsprecher',
    appearance: 'Darstellung',
    theme: 'Farbschema',
    sameAsSystem: 'Wie im System',
    themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
    language: 'Sprache',
    habits: 'Gewohnheiten',
    mirror: 'Meine Kamera spiegeln',
    mirrorHint: 'Nur für dich. Die anderen sehen dich immer richtig herum.',
    shortcuts: 'Tastenkürzel',
    shortcutsHint: 'Einzelne Tasten wie M für das Mikrofon.',
  },
  shortcuts: {
    title: 'Tastenkürzel',
    on: 'Sie gelten, solange du nicht schreibst.',
    off: 'Sie sind ausgeschaltet. In den Einstellungen kannst du sie einschalten.',
    space: 'Leertaste',
    holdToTalk: 'Bei ausgeschaltetem Mikrofon sprechen, solange sie gedrückt ist',
    microphone: 'Mikrofon an oder aus',
    deafen: 'Die anderen hören oder niemanden',
    camera: 'Kamera an oder aus',
    screen: 'Bildschirm teilen oder nicht mehr teilen',
    hand: 'Hand heben oder senken',
    reactions: 'Reaktionen öffnen',
    chat: 'Nachrichten öffnen oder schließen',
    people: 'Liste der Personen öffnen oder schließen',
    view: 'Zwischen Raster- und Sprecheransicht wechseln',
    leave: 'Gespräch verlassen',
    help: 'Die Tastenkürzel zeigen',
  },
};
