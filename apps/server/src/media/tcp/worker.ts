import { parentPort, workerData } from 'node:worker_threads';
import { EventLoopDelay } from '../../event-loop-delay.js';
import { errorCode } from '../../errors.js';
import type { FromTcp, TcpWorkerData, ToTcp } from './messages.js';
import { tcpMetrics } from './tcp-metrics.js';
import { TcpRelay } from './tcp-relay.js';

/** How often time limits are looked after, in milliseconds. */
const TIMER_INTERVAL = 100;

const main = parentPort;
if (main === null) throw new Error('The TCP thread is started by the server, not by itself');

const post = (message: FromTcp): void => {
  main.postMessage(message);
};

process.on('uncaughtException', (error) => {
  post({ type: 'fatal', message: error.message, code: errorCode(error) });
  process.exit(1);
});

const { port, bind, maxConnections, maxConnectionsPerAddress } = workerData as TcpWorkerData;
const relay = new TcpRelay({
  port,
  mediaPort: port,
  ...(bind.length > 0 && { addresses: bind }),
  maxConnections,
  maxConnectionsPerAddress,
  now: () => performance.now(),
});
const eventLoopDelay = new EventLoopDelay('tcp');

await relay.listen();
setInterval(() => {
  relay.handleTimers();
}, TIMER_INTERVAL);

main.on('message', ({ id }: ToTcp) => {
  post({ type: 'metrics', id, metrics: [eventLoopDelay.collect(), ...tcpMetrics(relay.counters())] });
});

post({ type: 'ready' });
