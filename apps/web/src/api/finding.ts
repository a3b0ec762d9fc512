import {
  conversation,
  directRequest,
  memberPage,
  memberQuery,
  noInput,
  searchPage,
  searchQuery,
  start,
} from '@parley/contract';
import { endpoint } from './endpoint.js';

/** What one can go to, and what was written. */
export const findingApi = {
  start: endpoint({ method: 'GET', path: '/api/v1/start', input: noInput, output: start }),
  members: endpoint({
    ...{ method: 'GET', path: '/api/v1/communities/:id/members', input: memberQuery, output: memberPage },
  }),
  openDirect: endpoint({
    ...{ method: 'POST', path: '/api/v1/conversations/direct', input: directRequest, output: conversation },
  }),
  search: endpoint({ method: 'GET', path: '/api/v1/search', input: searchQuery, output: searchPage }),
};
