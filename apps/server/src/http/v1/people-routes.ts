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
import type { ProfileService, RelationService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options, V1Route } from './v1-module.js';

export interface PeopleModuleOptions extends V1Options {
  profiles: ProfileService;
  relations: RelationService;
}

const DONE = { output: noInput, status: 204, perMinute: CHANGES } as const;
/** Of one client address in a minute: few enough that nobody finds out names by trying. */
const REQUESTS = 30;

/** What people say of themselves, friends and blocks. */
export function peopleModule({ profiles, relations, sessions, onProblem }: PeopleModuleOptions): HttpModule {
  return v1Module('people', { sessions, onProblem }, [
    ...profileRoutes(profiles),
    ...relationRoutes(relations),
  ]);
}

function profileRoutes(profiles: ProfileService): V1Route[] {
  const path = '/api/v1/me/profile';
  return [
    accountRoute({
      summary: "Show one's profile.",
      ...{ method: 'GET', path, input: noInput, output: profile, perMinute: READS },
      handle: (_input, { account }) => profiles.own(account.userId),
    }),
    accountRoute({
      summary: "Change one's name, status and who may begin a conversation.",
      ...{ method: 'PATCH', path, input: profileChange, output: profile, perMinute: CHANGES },
      handle: (input, { account }) => profiles.change(account.userId, input),
    }),
    accountRoute({
      summary: 'Find whom one may write to.',
      ...{ method: 'GET', path: '/api/v1/people', input: peopleQuery, output: foundPeople },
      perMinute: READS,
      handle: async ({ query }, { account }) => ({ people: await profiles.find(account.userId, query) }),
    }),
    accountRoute({
      summary: 'Show a person, what they are to one, and common communities.',
      ...{ method: 'GET', path: '/api/v1/people/:id', input: personPath, output: seenPerson },
      perMinute: READS,
      handle: ({ id }, { account }) => profiles.see(account.userId, id),
    }),
  ];
}

function relationRoutes(service: RelationService): V1Route[] {
  const [friend, block] = ['/api/v1/friends/:user_id', '/api/v1/blocks/:user_id'];
  return [
    accountRoute({
      summary: 'List friends, requests of both directions, and whom one has blocked.',
      ...{ method: 'GET', path: '/api/v1/relations', input: noInput, output: relations, perMinute: READS },
      handle: (_input, { account }) => service.list(account.userId),
    }),
    accountRoute({
      summary: 'Ask somebody by user name to be a friend.',
      ...{ method: 'POST', path: '/api/v1/friend-requests', input: friendRequest, output: relationTo },
      perMinute: REQUESTS,
      handle: ({ user_name }, { account }) => service.request(account.userId, user_name),
    }),
    accountRoute({
      summary: 'Accept somebody as a friend.',
      ...{ method: 'PUT', path: friend, input: relationPath, output: relationTo, perMinute: CHANGES },
      handle: ({ user_id }, { account }) => service.accept(account.userId, user_id),
    }),
    accountRoute({
      summary: 'End a friendship, or take a request back or refuse it.',
      ...{ method: 'DELETE', path: friend, input: relationPath, ...DONE },
      handle: async ({ user_id }, { account }) => {
        await service.remove(account.userId, user_id);
        return {};
      },
    }),
    accountRoute({
      summary: 'Block somebody.',
      ...{ method: 'PUT', path: block, input: relationPath, output: relationTo, perMinute: CHANGES },
      handle: ({ user_id }, { account }) => service.block(account.userId, user_id),
    }),
    accountRoute({
      summary: 'Unblock somebody.',
      ...{ method: 'DELETE', path: block, input: relationPath, ...DONE },
      handle: async ({ user_id }, { account }) => {
        await service.unblock(account.userId, user_id);
        return {};
      },
    }),
  ];
}
