import type { Config } from './schema.js';

const MASK = '********';

/** The configuration without its secrets, fit to be shown. */
export function maskConfig(config: Config): Config {
  return { ...config, keys: Object.fromEntries(Object.keys(config.keys).map((key) => [key, MASK])) };
}
