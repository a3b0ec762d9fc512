export * from './address.js';
export * from './candidates.js';
export * from './credentials.js';
export * from './ice-agent.js';
export * from './ice-client.js';
