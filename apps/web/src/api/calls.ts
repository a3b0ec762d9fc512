import { callPath, callSeat } from '@parley/contract';
import { endpoint } from './endpoint.js';

/** Joining the calls of channels. */
export const callsApi = {
  join: endpoint({ method: 'POST', path: '/api/v1/channels/:id/call', input: callPath, output: callSeat }),
};
