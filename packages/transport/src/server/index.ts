export type { ServedTransport } from './served-transport.js';
export { transportServerMetrics, type TransportServerCounters } from './transport-metrics.js';
export { TransportServer, type TransportServerOptions } from './transport-server.js';
