import type { GuestTokens } from '@parley/access';
import type { AddressRateLimiter } from '@parley/core';
import { guestsAllowed } from '../config/schema.js';
import type { Config } from '../config/schema.js';
import type { MediaFront } from '../media/media-front.js';
import { guestModule } from './guest-routes.js';
import type { HttpModule } from './http-module.js';
import type { Workspace } from '../workspace/workspace.js';
import { VERSION } from '../version.js';
import type { HttpMetrics } from './metrics.js';
import { openApiModule } from './openapi/openapi-module.js';
import { operationsModule } from './operations-routes.js';
import { settingsModule } from './settings-routes.js';
import { twirpModule } from './twirp-routes.js';
import { validateModule } from './validate-routes.js';
import { pageModule } from './web-app.js';

export interface HttpModulesOptions {
  config: Config;
  media: MediaFront;
  guestTokens: GuestTokens;
  metrics: HttpMetrics;
  /** Limits what one client address may ask of the media thread. */
  joins: AddressRateLimiter;
  /** Monotonic time in milliseconds. */
  now: () => number;
  /** Absent where there are calls alone. */
  workspace?: Workspace | undefined;
  /** Whether the server was told to stop: calls go on for a while, new ones are refused. */
  stopping: () => boolean;
}

/** All that is answered over HTTP, one module for each group of routes. */
export function httpModules(options: HttpModulesOptions): HttpModule[] {
  const { config, media, guestTokens, metrics, joins, now, workspace, stopping } = options;
  const guests = guestsAllowed(config);
  const modules = [
    operationsModule({ media, workspace, stopping, ...(config.metrics.port === undefined && { metrics }) }),
    settingsModule({ guests, workspace: workspace !== undefined }),
    guestModule({
      allowed: guests,
      tokens: guestTokens,
      media,
      tokensPerMinute: config.limits.guest_tokens_per_minute,
      questionsPerMinute: config.limits.room_questions_per_minute,
    }),
    validateModule({ media, admission: workspace?.door, limiter: joins, now, stopping }),
    twirpModule({ media, stopping }),
    ...(workspace?.modules ?? []),
    pageModule,
  ];
  return workspace === undefined ? modules : [...modules, openApiModule(modules, VERSION)];
}
