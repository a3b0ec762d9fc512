export * from './layout.js';
export { Wire } from './wire.js';
export type { SessionOptions, SrtpProfile, WireCounters, WireOptions } from './wire.js';
