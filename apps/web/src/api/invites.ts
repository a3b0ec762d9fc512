import { invite, invitePath, inviteRequest, newAccountRequest, noInput } from '@parley/contract';
import { endpoint } from './endpoint.js';

/** Inviting, and coming by an invite. */
export const invitesApi = {
  create: endpoint({ method: 'POST', path: '/api/v1/invites', input: inviteRequest, output: invite }),
  look: endpoint({ method: 'GET', path: '/api/v1/invites/:code', input: invitePath, output: invite }),
  accept: endpoint({ method: 'POST', path: '/api/v1/invites/:code', input: invitePath, output: invite }),
  end: endpoint({ method: 'DELETE', path: '/api/v1/invites/:code', input: invitePath, output: noInput }),
  acceptAsNew: endpoint({
    ...{ method: 'POST', path: '/api/v1/invites/:code/account', input: newAccountRequest, output: noInput },
  }),
};
