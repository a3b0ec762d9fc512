import { noInput, serverSettings } from '@parley/contract';
import type { ServerSettings } from '@parley/contract';
import { VERSION } from '../version.js';
import { apiRoute } from './http-module.js';
import type { HttpModule } from './http-module.js';

/** What the page must know before anybody joins. */
export function settingsModule(settings: Omit<ServerSettings, 'version'>): HttpModule {
  return {
    name: 'settings',
    asks: 'nobody',
    routes: [
      apiRoute({
        method: 'GET',
        path: '/api/settings',
        input: noInput,
        output: serverSettings,
        handle: () => ({ ...settings, version: VERSION }),
      }),
    ],
  };
}
