import { parentPort } from 'node:worker_threads';
import { EventLoopDelay, SupervisedPort, threadMetrics } from '@parley/core';
import { TCP_PROTOCOL_VERSION, type TcpProtocol, type TcpWorkerData } from './messages.js';
import { tcpMetrics } from './tcp-metrics.js';
import { TcpRelay } from './tcp-relay.js';

/** How often time limits are looked after, in milliseconds. */
const TIMER_INTERVAL = 100;

/** The program of the thread of media over TCP, under the main thread's supervision. Rejects when it cannot listen. */
export async function runTcpThread(data: TcpWorkerData): Promise<void> {
  if (parentPort === null) throw new Error('The TCP thread is started by the server, not by itself');
  const { port, bind, maxConnections, maxConnectionsPerAddress } = data;
  const relay = new TcpRelay({
    port,
    mediaPort: port,
    ...(bind.length > 0 && { addresses: bind }),
    maxConnections,
    maxConnectionsPerAddress,
    now: () => performance.now(),
  });
  const eventLoopDelay = new EventLoopDelay('tcp');
  const supervisor = new SupervisedPort<TcpProtocol>({
    port: parentPort,
    version: TCP_PROTOCOL_VERSION,
    onMessage: () => undefined,
    onQuestion: () => [eventLoopDelay.collect(), ...threadMetrics(tcpMetrics, relay.counters())],
    onDrain: () => undefined,
    onShutdown: () => {
      clearInterval(timer);
      relay.close();
    },
  });
  process.on('uncaughtException', (error) => {
    supervisor.fatal(error);
    process.exit(1);
  });
  await relay.listen();
  const timer = setInterval(() => {
    relay.handleTimeout();
  }, TIMER_INTERVAL);
  supervisor.ready(undefined);
}
