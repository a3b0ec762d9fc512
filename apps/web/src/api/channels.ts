import {
  channel,
  channelChange,
  channelMove,
  channelPath,
  newChannel,
  noInput,
  overwrites,
  personOverwrite,
  personOverwritePath,
  roleOverwrite,
  roleOverwritePath,
} from '@parley/contract';
import { endpoint } from './endpoint.js';

const ONE = '/api/v1/channels/:id';
const OVERWRITES = `${ONE}/overwrites`;
const OF_ROLE = `${OVERWRITES}/roles/:role_id`;
const OF_PERSON = `${OVERWRITES}/people/:user_id`;

/** Channels and categories, and what is decided otherwise in them. */
export const channelsApi = {
  create: endpoint({
    ...{ method: 'POST', path: '/api/v1/communities/:id/channels', input: newChannel, output: channel },
  }),
  change: endpoint({ method: 'PATCH', path: ONE, input: channelChange, output: channel }),
  delete: endpoint({ method: 'DELETE', path: ONE, input: channelPath, output: noInput }),
  move: endpoint({ method: 'POST', path: `${ONE}/move`, input: channelMove, output: noInput }),
  overwrites: endpoint({ method: 'GET', path: OVERWRITES, input: channelPath, output: overwrites }),
  setForRole: endpoint({ method: 'PUT', path: OF_ROLE, input: roleOverwrite, output: noInput }),
  clearForRole: endpoint({ method: 'DELETE', path: OF_ROLE, input: roleOverwritePath, output: noInput }),
  setForPerson: endpoint({ method: 'PUT', path: OF_PERSON, input: personOverwrite, output: noInput }),
  clearForPerson: endpoint({
    ...{ method: 'DELETE', path: OF_PERSON, input: personOverwritePath, output: noInput },
  }),
};
