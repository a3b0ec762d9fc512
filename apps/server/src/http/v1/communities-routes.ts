import {
  community,
  communityChange,
  communityFacts,
  communityPath,
  newCommunity,
  newOwner,
  noInput,
  ownCommunities,
} from '@parley/contract';
import type { CommunityService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

export interface CommunitiesModuleOptions extends V1Options {
  communities: CommunityService;
}

/** Communities as wholes: seeing, making, changing and leaving them. */
export function communitiesModule({
  communities,
  sessions,
  onProblem,
}: CommunitiesModuleOptions): HttpModule {
  const path = '/api/v1/communities';
  const one = `${path}/:id`;
  return v1Module('communities', { sessions, onProblem }, [
    accountRoute({
      summary: "List one's communities.",
      ...{ method: 'GET', path, input: noInput, output: ownCommunities, perMinute: READS },
      handle: async (_input, { account }) => ({ communities: await communities.list(account.userId) }),
    }),
    accountRoute({
      summary: 'Create a community with roles and channels to begin with.',
      ...{ method: 'POST', path, input: newCommunity, output: community, status: 201, perMinute: CHANGES },
      handle: (input, { account }) => communities.create(account.userId, input),
    }),
    accountRoute({
      summary: 'Show a community, its roles, and the channels that one sees, with what one may do in each.',
      ...{ method: 'GET', path: one, input: communityPath, output: community, perMinute: READS },
      handle: ({ id }, { account }) => communities.get(account.userId, id),
    }),
    accountRoute({
      summary: 'Change name and description of a community.',
      ...{ method: 'PATCH', path: one, input: communityChange, output: communityFacts, perMinute: CHANGES },
      handle: (input, { account }) => communities.change(account.userId, input),
    }),
    accountRoute({
      summary: 'Delete a community with everything in it.',
      ...{ method: 'DELETE', path: one, input: communityPath, output: noInput },
      ...{ status: 204, perMinute: CHANGES },
      handle: async ({ id }, { account }) => {
        await communities.delete(account.userId, id);
        return {};
      },
    }),
    accountRoute({
      summary: 'Give a community to another member.',
      ...{ method: 'POST', path: `${one}/owner`, input: newOwner, output: noInput },
      ...{ status: 204, perMinute: CHANGES },
      handle: async (input, { account }) => {
        await communities.transfer(account.userId, input);
        return {};
      },
    }),
  ]);
}
