import { noInput, personInCallPath, voiceMove } from '@parley/contract';
import { endpoint } from './endpoint.js';

const PERSON = '/api/v1/channels/:id/call/people/:user_id';
const done = { input: personInCallPath, output: noInput };

/** What moderators do to people in calls. */
export const voiceApi = {
  mute: endpoint({ method: 'PUT', path: `${PERSON}/mute`, ...done }),
  unmute: endpoint({ method: 'DELETE', path: `${PERSON}/mute`, ...done }),
  deafen: endpoint({ method: 'PUT', path: `${PERSON}/deafen`, ...done }),
  undeafen: endpoint({ method: 'DELETE', path: `${PERSON}/deafen`, ...done }),
  disconnect: endpoint({ method: 'DELETE', path: PERSON, ...done }),
  move: endpoint({ method: 'POST', path: `${PERSON}/move`, input: voiceMove, output: noInput }),
};
