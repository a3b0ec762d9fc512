import { availabilityChange, presenceQuery, presences } from '@parley/contract';
import { endpoint } from './endpoint.js';

export const presenceApi = {
  list: endpoint({
    ...{ method: 'GET', path: '/api/v1/presence' },
    ...{ input: presenceQuery, output: presences },
  }),
  setAvailability: endpoint({
    ...{ method: 'PUT', path: '/api/v1/me/availability' },
    ...{ input: availabilityChange, output: availabilityChange },
  }),
};
