import { searchPage, searchQuery } from '@parley/contract';
import type { Messaging } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

/** Finding messages. */
export function searchModule(search: Messaging['search'], options: V1Options): HttpModule {
  return v1Module('search', options, [
    accountRoute({
      summary: 'Find messages.',
      ...{ method: 'GET', path: '/api/v1/search', input: searchQuery, output: searchPage, perMinute: READS },
      handle: ({ q, community_id, ...page }, { account }) =>
        search.search(account.userId, { ...page, text: q, communityId: community_id ?? null }),
    }),
  ]);
}
