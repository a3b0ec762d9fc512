export * from './layout.js';
export { Wire } from './wire.js';
export type { WireCounters } from './wire-counters.js';
export type { BoundSocket, SessionOptions, SrtpProfile, SrtpSuite, WireOptions } from './wire.js';
