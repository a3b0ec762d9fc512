import { member, memberPage, memberPath, memberQuery } from '@parley/contract';
import { endpoint } from './endpoint.js';

const MEMBERS = '/api/v1/communities/:id/members';

/** Who is in a community. */
export const membersApi = {
  list: endpoint({ method: 'GET', path: MEMBERS, input: memberQuery, output: memberPage }),
  get: endpoint({ method: 'GET', path: `${MEMBERS}/:user_id`, input: memberPath, output: member }),
};
