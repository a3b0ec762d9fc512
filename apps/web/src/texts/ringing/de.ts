import { isolated } from '../isolated.js';
import type { RingingTexts } from './en.js';

/** The texts of calls of conversations in German. */
export const de: RingingTexts = {
  conversation: {
    call: 'Anrufen',
    join: 'Dem Anruf beitreten',
    connecting: 'Wird verbunden …',
    cancel: 'Abbrechen',
    on: 'Hier läuft ein Anruf',
    youCall: 'Du rufst an',
    here: 'Du bist in diesem Anruf',
    calls: (name) => `${isolated(name)} ruft an`,
    callsIn: (name, group) => `${isolated(name)} ruft in ${isolated(group)} an`,
    showCall: 'Anruf zeigen',
    showMessages: 'Nachrichten zeigen',
    giveUp: 'Nicht mehr anrufen',
    accept: 'Annehmen',
    decline: 'Ablehnen',
    incoming: 'Sprachanruf',
    leavesOther: 'Wenn du annimmst, verlässt du den Anruf, in dem du bist.',
  },
  calling: {
    title: 'Es klingelt …',
    nobody: 'Sonst ist niemand hier',
    ringing: 'wird angerufen',
    busy: 'in einem anderen Anruf',
    offline: 'nicht da, erfährt es beim Öffnen',
    answered: 'hat angenommen',
    declined: 'hat abgelehnt',
    unanswered: 'hat nicht geantwortet',
    gone: 'Gelöschtes Konto',
  },
  line: {
    call: (length) => `Anruf, ${length}`,
    missed: (name) => `Verpasster Anruf von ${isolated(name)}`,
    unanswered: 'Anruf, nicht angenommen',
  },
};
