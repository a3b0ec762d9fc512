import {
  channelNotifications,
  communityNotifications,
  noInput,
  notificationChange,
  notificationSettings,
} from '@parley/contract';
import { endpoint } from './endpoint.js';

const MINE = '/api/v1/me/notifications';

/** Of what one wants to be told. */
export const notificationsApi = {
  load: endpoint({ method: 'GET', path: MINE, input: noInput, output: notificationSettings }),
  change: endpoint({ method: 'PATCH', path: MINE, input: notificationChange, output: noInput }),
  setChannel: endpoint({
    ...{ method: 'PUT', path: '/api/v1/channels/:channel_id/notifications' },
    ...{ input: channelNotifications, output: noInput },
  }),
  setCommunity: endpoint({
    ...{ method: 'PUT', path: '/api/v1/communities/:id/notifications' },
    ...{ input: communityNotifications, output: noInput },
  }),
};
