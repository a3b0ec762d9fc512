/** What the thread of media over TCP needs: nothing here loads media's native code. */
export { runTcpThread } from './run-tcp-thread.js';
export { tcpMetrics } from './tcp-metrics.js';
export { TcpRelay } from './tcp-relay.js';
