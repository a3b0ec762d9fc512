import type { Config } from './schema.js';

const MASK = '********';

/** The configuration without its secrets, fit to be shown. */
export function maskConfig(config: Config): Config {
  return {
    ...config,
    ice_servers: config.ice_servers.map((server) => ({
      ...server,
      ...(server.credential !== undefined && { credential: MASK }),
      ...(server.secret !== undefined && { secret: MASK }),
    })),
    keys: Object.fromEntries(Object.keys(config.keys).map((key) => [key, MASK])),
  };
}
