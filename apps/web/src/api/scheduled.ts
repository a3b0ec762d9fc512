import {
  noInput,
  scheduleChange,
  scheduledMessage,
  scheduledMessages,
  scheduledPath,
  scheduleRequest,
} from '@parley/contract';
import { endpoint } from './endpoint.js';

const OWN = '/api/v1/me/scheduled';

/** Messages of one's own that are sent later. */
export const scheduledApi = {
  schedule: endpoint({
    ...{ method: 'POST', path: '/api/v1/channels/:channel_id/scheduled' },
    ...{ input: scheduleRequest, output: scheduledMessage },
  }),
  list: endpoint({ method: 'GET', path: OWN, input: noInput, output: scheduledMessages }),
  change: endpoint({ method: 'PATCH', path: `${OWN}/:id`, input: scheduleChange, output: scheduledMessage }),
  cancel: endpoint({ method: 'DELETE', path: `${OWN}/:id`, input: scheduledPath, output: noInput }),
};
