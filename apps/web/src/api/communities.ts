import {
  community,
  communityChange,
  communityFacts,
  communityInvites,
  communityPath,
  memberPage,
  memberQuery,
  newCommunity,
  newOwner,
  noInput,
  ownCommunities,
} from '@parley/contract';
import { endpoint } from './endpoint.js';

const PATH = '/api/v1/communities';
const ONE = `${PATH}/:id`;

/** Communities as wholes. */
export const communitiesApi = {
  list: endpoint({ method: 'GET', path: PATH, input: noInput, output: ownCommunities }),
  get: endpoint({ method: 'GET', path: ONE, input: communityPath, output: community }),
  members: endpoint({
    ...{ method: 'GET', path: `${ONE}/members`, input: memberQuery, output: memberPage },
  }),
  create: endpoint({ method: 'POST', path: PATH, input: newCommunity, output: community }),
  change: endpoint({ method: 'PATCH', path: ONE, input: communityChange, output: communityFacts }),
  delete: endpoint({ method: 'DELETE', path: ONE, input: communityPath, output: noInput }),
  giveTo: endpoint({ method: 'POST', path: `${ONE}/owner`, input: newOwner, output: noInput }),
  leave: endpoint({ method: 'POST', path: `${ONE}/leave`, input: communityPath, output: noInput }),
  invites: endpoint({
    ...{ method: 'GET', path: `${ONE}/invites`, input: communityPath, output: communityInvites },
  }),
};
