import { z } from 'zod';
import { section } from '@parley/core/config';
import { guestsSetting, keysSetting } from '../auth/config.js';
import { addressLimits, httpSection, metricsSection, signalLimits } from '../http/config.js';
import {
  iceServersSetting,
  mediaSection,
  participantLimits,
  roomLimits,
  roomSection,
  tcpLimits,
} from '../media/config.js';
import { dataDirSetting, logSection, shutdownSection } from '../process-config.js';
import { webhooksSection } from '../webhooks/config.js';
import { blobsSection, fileLimits } from '../files/config.js';
import { databaseSection, workspaceSetting } from '../workspace/config.js';
import { settingsOf } from './settings-of.js';

/** Effective configuration. Names are those of the configuration file. */
export type Config = z.output<typeof configSchema>;

/** All sections, each declared by its owner; what they hold is read, checked, masked and documented by what they declare. */
export const configSchema = z
  .strictObject({
    http: httpSection.prefault({}),
    metrics: metricsSection.prefault({}),
    media: mediaSection.prefault({}),
    ice_servers: iceServersSetting,
    data_dir: dataDirSetting,
    workspace: workspaceSetting,
    database: databaseSection.prefault({}),
    blobs: blobsSection.prefault({}),
    keys: keysSetting,
    guests: guestsSetting,
    room: roomSection.prefault({}),
    webhooks: webhooksSection.prefault({}),
    shutdown: shutdownSection.prefault({}),
    log: logSection.prefault({}),
    limits: section({
      ...roomLimits,
      ...addressLimits,
      ...participantLimits,
      ...signalLimits,
      ...tcpLimits,
      ...fileLimits,
    }).prefault({}),
  })
  .refine(({ http, metrics }) => metrics.port !== http.port || http.port === 0, {
    path: ['metrics', 'port'],
    error: 'another port than http.port, or leave it out to serve metrics there',
  })
  // Of keys that are generated, which there are is known at the start alone.
  .refine(({ keys, webhooks }) => isAmongKeys(webhooks.api_key, keys), {
    path: ['webhooks', 'api_key'],
    error: 'one of the API keys below keys, or leave it out for the first',
  });

/** All settings, in the order of the schema. */
export const configSettings = settingsOf(configSchema);

/** Whether the HTTP server can be reached from this machine alone. */
export function listensOnLoopback(config: Config): boolean {
  const { host } = config.http;
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether people may join as guests, with nothing but a name. */
export function guestsAllowed(config: Config): boolean {
  return config.guests === 'on' || (config.guests === 'auto' && listensOnLoopback(config));
}

function isAmongKeys(apiKey: string | undefined, keys: Readonly<Record<string, string>>): boolean {
  return apiKey === undefined || Object.keys(keys).length === 0 || Object.hasOwn(keys, apiKey);
}
