import { expect, test } from 'vitest';
import { tcpMetrics } from '../../../src/media/tcp/tcp-metrics.js';

test('every counter of the relay is told, under one name each', () => {
  const metrics = tcpMetrics({
    connections: 1,
    accepted: 2,
    refusedTotal: 3,
    refusedAddress: 4,
    packetsReceived: 5,
    bytesReceived: 6,
    packetsSent: 7,
    bytesSent: 8,
    droppedSlowReader: 9,
    pauses: 10,
    closed: { peer: 11, malformed: 12, unauthenticated: 13, idle: 14, media: 15, shutdown: 16 },
  });
  const values = metrics.flatMap((metric) => metric.values.map(({ value }) => value));
  expect(values.sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
  expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
  expect(metrics.every(({ name }) => name.startsWith('parley_tcp_'))).toBe(true);
});
