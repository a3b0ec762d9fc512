import { availabilityChange, presenceQuery, presences } from '@parley/contract';
import type { PresenceService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { CHANGES, READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

export interface PresenceModuleOptions extends V1Options {
  presence: PresenceService;
}

/** Who is there, and what others see of it. */
export function presenceModule({ presence, ...options }: PresenceModuleOptions): HttpModule {
  return v1Module('presence', options, [
    accountRoute({
      summary: 'Show which people are there.',
      ...{ method: 'GET', path: '/api/v1/presence', input: presenceQuery, output: presences },
      perMinute: READS,
      handle: async ({ user_ids }, { account }) => ({
        people: await presence.list(account.userId, [...new Set(user_ids.split(','))]),
      }),
    }),
    accountRoute({
      summary: 'Say what others are to see of when one is there.',
      ...{ method: 'PUT', path: '/api/v1/me/availability' },
      ...{ input: availabilityChange, output: availabilityChange, perMinute: CHANGES },
      handle: async ({ availability }, { account }) => ({
        availability: await presence.setAvailability(account.userId, availability),
      }),
    }),
  ]);
}
