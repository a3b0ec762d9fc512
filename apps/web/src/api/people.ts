import {
  foundPeople,
  friendRequest,
  noInput,
  peopleQuery,
  personPath,
  profile,
  profileChange,
  relationPath,
  relations,
  relationTo,
  seenPerson,
} from '@parley/contract';
import { endpoint } from './endpoint.js';

const FRIEND = '/api/v1/friends/:user_id';
const BLOCK = '/api/v1/blocks/:user_id';

/** Oneself, others, and what they are to one. */
export const peopleApi = {
  profile: endpoint({ method: 'GET', path: '/api/v1/me/profile', input: noInput, output: profile }),
  change: endpoint({ method: 'PATCH', path: '/api/v1/me/profile', input: profileChange, output: profile }),
  find: endpoint({ method: 'GET', path: '/api/v1/people', input: peopleQuery, output: foundPeople }),
  see: endpoint({ method: 'GET', path: '/api/v1/people/:id', input: personPath, output: seenPerson }),
  relations: endpoint({ method: 'GET', path: '/api/v1/relations', input: noInput, output: relations }),
  request: endpoint({
    ...{ method: 'POST', path: '/api/v1/friend-requests', input: friendRequest, output: relationTo },
  }),
  accept: endpoint({ method: 'PUT', path: FRIEND, input: relationPath, output: relationTo }),
  remove: endpoint({ method: 'DELETE', path: FRIEND, input: relationPath, output: noInput }),
  block: endpoint({ method: 'PUT', path: BLOCK, input: relationPath, output: relationTo }),
  unblock: endpoint({ method: 'DELETE', path: BLOCK, input: relationPath, output: noInput }),
};
