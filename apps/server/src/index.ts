export { loadApiKeys } from './auth/api-keys.js';
export { createRoomToken } from '@parley/access';
export { loadConfig } from './config/load.js';
export type { Config } from './config/schema.js';
export { OperatorError } from '@parley/core';
export { createLogger } from './logger.js';
export { ParleyServer } from './server.js';
export { VERSION } from './version.js';
