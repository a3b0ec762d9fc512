import { noInput, start } from '@parley/contract';
import type { SessionService, StartService } from '@parley/workspace';
import type { HttpModule } from '../http-module.js';
import { READS } from './rates.js';
import { accountRoute, v1Module } from './v1-module.js';

export interface StartModuleOptions {
  start: StartService;
  sessions: SessionService;
  /** Told of what nobody expected. */
  onFailed: (thrown: unknown) => void;
}

/** What a page asks for first. */
export function startModule({ start: service, sessions, onFailed }: StartModuleOptions): HttpModule {
  return v1Module('start', { sessions, onFailed }, [
    accountRoute({
      ...{ method: 'GET', path: '/api/v1/start', input: noInput, output: start, perMinute: READS },
      handle: (_input, { account }) => service.load(account.userId),
    }),
  ]);
}
