export * from './layout.js';
export { Wire } from './wire.js';
export { packetsDropped, wireMetrics, type WireCounters } from './wire-metrics.js';
export type {
  BoundSocket,
  PlainSessionOptions,
  SdesSessionOptions,
  SessionOptions,
  SrtpProfile,
  SrtpSuite,
  WireOptions,
} from './wire.js';
