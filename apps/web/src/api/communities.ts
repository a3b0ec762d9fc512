import { community, communityPath, memberPage, memberQuery, noInput, ownCommunities } from '@parley/contract';
import { endpoint } from './endpoint.js';

export const communitiesApi = {
  list: endpoint({ method: 'GET', path: '/api/v1/communities', input: noInput, output: ownCommunities }),
  get: endpoint({ method: 'GET', path: '/api/v1/communities/:id', input: communityPath, output: community }),
  members: endpoint({
    ...{ method: 'GET', path: '/api/v1/communities/:id/members', input: memberQuery, output: memberPage },
  }),
};
