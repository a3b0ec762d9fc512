export { loadApiKeys } from './auth/api-keys.js';
export { createRoomToken } from './auth/room-token.js';
export { loadConfig } from './config/load.js';
export type { Config } from './config/schema.js';
export { OperatorError } from './errors.js';
export { createLogger } from './logger.js';
export { ParleyServer } from './server.js';
export { VERSION } from './version.js';
