import { noInput, start } from '@parley/contract';
import type { StartService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';
import type { V1Options } from './v1-module.js';

export interface StartModuleOptions extends V1Options {
  start: StartService;
}

/** What a page asks for first. */
export function startModule({ start: service, sessions, onProblem }: StartModuleOptions): HttpModule {
  return v1Module('start', { sessions, onProblem }, [
    accountRoute({
      summary:
        'Show all that a client needs first: oneself, communities with channels, conversations, relations, and what is new.',
      ...{ method: 'GET', path: '/api/v1/start', input: noInput, output: start, perMinute: READS },
      handle: (_input, { account }) => service.load(account.userId),
    }),
  ]);
}
