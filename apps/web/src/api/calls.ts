import { callPath, callSeat, noInput, ownCalls, ringPath } from '@parley/contract';
import { endpoint } from './endpoint.js';

/** Joining the calls of channels, and being called. */
export const callsApi = {
  join: endpoint({ method: 'POST', path: '/api/v1/channels/:id/call', input: callPath, output: callSeat }),
  own: endpoint({ method: 'GET', path: '/api/v1/calls', input: noInput, output: ownCalls }),
  /** Declines, or gives up. */
  stop: endpoint({
    ...{ method: 'DELETE', path: '/api/v1/channels/:id/call/ring', input: ringPath, output: noInput },
  }),
};
