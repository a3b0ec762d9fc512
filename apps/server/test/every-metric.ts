import { createCounters, EventLoopDelay, threadMetrics, type ThreadMetric } from '@parley/core';
import { liveKitFront, MediaNode } from '@parley/node';
import { TcpRelay, tcpMetrics } from '@parley/node/tcp';
import { poolMetrics } from '../src/media/media-pool.js';
import { eventMetrics } from '../src/http/event-gateway.js';
import { databaseMetrics, problemMetrics } from '../src/workspace/workspace-metrics.js';
import { SECRET } from './support.js';

const clock = { now: () => 0, wall: () => 0 };

/** What the threads of a server that has just started say of themselves. */
export function everyThreadMetric(): ThreadMetric[] {
  const node = new MediaNode({
    fronts: [
      liveKitFront({ keys: new Map([['key', SECRET]]), iceServers: [], version: '0', webhooks: false }),
    ],
    server: { port: 0, addresses: ['127.0.0.1'], candidates: [] },
    limits: { rooms: 1, participantsPerRoom: 1, mediaPacketsPerSecond: 1 },
    clock,
    random: (bytes) => new Uint8Array(bytes),
    log: () => undefined,
    post: () => undefined,
  });
  const ofMedia = node.metrics();
  node.close();
  const relay = new TcpRelay({
    port: 0,
    mediaPort: 0,
    maxConnections: 1,
    maxConnectionsPerAddress: 1,
    now: clock.now,
  });
  return [
    ...ofMedia,
    ...threadMetrics(tcpMetrics, relay.counters()),
    ...threadMetrics(databaseMetrics, { waiting: 0 }),
    ...threadMetrics(problemMetrics, createCounters(problemMetrics)),
    ...threadMetrics(eventMetrics, {
      connections: 0,
      sent: 0,
      ended: { slow: 0, session: 0, unresponsive: 0, talking: 0 },
    }),
    ...threadMetrics(poolMetrics, { ready: 0, ended: 0 }),
    new EventLoopDelay('media').collect(),
    new EventLoopDelay('tcp').collect(),
    new EventLoopDelay('main').collect(),
  ];
}
