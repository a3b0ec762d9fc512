import { isolated } from '../isolated.js';
import type { AttachmentTexts } from './en.js';

/** Texts of files of messages, in German. */
export const de: AttachmentTexts = {
  attach: 'Dateien anhängen',
  chosen: 'Dateien der Nachricht',
  dropHere: (channel) => `Loslassen, um in ${isolated(channel)} anzuhängen`,
  tooMany: (left) =>
    left === 1
      ? 'Eine Datei wurde weggelassen: Eine Nachricht nimmt bis zu zehn, die nicht leer sind.'
      : `${left} Dateien wurden weggelassen: Eine Nachricht nimmt bis zu zehn, die nicht leer sind.`,
  progress: (name, percent) => `${isolated(name)}: ${percent} %`,
  failed: (name, why) => `${isolated(name)} wurde nicht hochgeladen. ${why}`,
  ready: (name) => `${isolated(name)} ist bereit`,
  again: (name) => `${isolated(name)} noch einmal hochladen`,
  remove: (name) => `${isolated(name)} entfernen`,
  download: (name) => `${isolated(name)} herunterladen`,
  open: (name) => `${isolated(name)} zeigen`,
  picture: (name) => `Bild ${isolated(name)}`,
  gone: 'Diese Datei kann nicht gezeigt werden.',
  files: (count) => (count === 1 ? '1 Datei' : `${count} Dateien`),
  viewer: {
    title: 'Bilder',
    place: (index, count) => `${index} von ${count}`,
    previous: 'Vorheriges Bild',
    next: 'Nächstes Bild',
    zoomIn: 'Wirkliche Größe',
    zoomOut: 'Ins Fenster einpassen',
  },
  voice: {
    record: 'Sprachnachricht aufnehmen',
    recording: 'Aufnahme',
    cancel: 'Aufnahme verwerfen',
    send: 'Aufnahme senden',
    message: 'Sprachnachricht',
    play: 'Abspielen',
    pause: 'Anhalten',
    seek: 'Stelle',
    position: (at, of) => `${at} von ${of}`,
    noMicrophone: 'Das Mikrofon kann nicht benutzt werden. Erlaube es in den Einstellungen des Browsers.',
  },
};
