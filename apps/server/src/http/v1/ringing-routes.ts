import { noInput, ownCalls, ringPath } from '@parley/contract';
import type { Ring } from '@parley/contract';
import type { HttpModule } from '../http-module.js';
import { CHANGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

/** Calls of conversations, as far as people are called to them. */
export interface Ringer {
  of: (userId: string) => Promise<Ring[]>;
  joining: (
    channelId: string,
    person: { id: string; name: string },
    calledIds: readonly string[],
  ) => Promise<void>;
  stop: (channelId: string, userId: string) => Promise<void>;
}

export interface RingingModuleOptions extends V1Options {
  ringer: Ringer;
}

/** Being called. Beginning and answering is joining: see `callsModule`. */
export function ringingModule({ ringer, sessions, onProblem }: RingingModuleOptions): HttpModule {
  return v1Module('ringing', { sessions, onProblem }, [
    accountRoute({
      summary: 'List the calls to which one is called, and those that one has begun.',
      ...{ method: 'GET', path: '/api/v1/calls', input: noInput, output: ownCalls, perMinute: READS },
      handle: async (_input, { account }) => ({ calls: await ringer.of(account.userId) }),
    }),
    accountRoute({
      summary: 'Decline a call, or give up calling.',
      ...{ method: 'DELETE', path: '/api/v1/channels/:id/call/ring', input: ringPath, output: noInput },
      ...{ status: 204, perMinute: CHANGES },
      handle: async ({ id }, { account }) => {
        await ringer.stop(id, account.userId);
        return {};
      },
    }),
  ]);
}
