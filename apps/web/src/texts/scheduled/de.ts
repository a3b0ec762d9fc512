import { isolated } from '../isolated.js';
import type { ScheduledTexts } from './en.js';

/** Texts of messages that are sent later, in German. */
export const de: ScheduledTexts = {
  menu: 'Planen',
  later: 'Später senden',
  noFiles: 'Dateien lassen sich nicht später senden',
  times: { hour: 'In einer Stunde', tomorrow: 'Morgen früh', monday: 'Montag früh' },
  own: 'Datum und Uhrzeit wählen…',
  choose: 'Später senden',
  chooseDetail: 'Bis dahin siehst nur du die Nachricht und kannst sie ändern.',
  time: 'Datum und Uhrzeit',
  zone: (zone) => `In deiner Zeitzone, ${isolated(zone)}`,
  submit: 'Nachricht planen',
  done: (time) => `Wird gesendet: ${time}`,
  none: 'Nichts ist geplant',
  hint: 'Was später gesendet werden soll, planst du neben dem Knopf zum Senden.',
  refused: (why) => `Nicht gesendet. ${why}`,
  text: 'Nachricht',
  change: 'Ändern',
  changeDetail: 'Was gesendet wird, und wann.',
  save: 'Speichern',
  sendNow: 'Jetzt senden',
  cancel: 'Löschen',
};
