import { expect, test } from 'vitest';
import { tcpMetrics } from '../../src/tcp/tcp-metrics.js';
import { tcpCounters } from '../support/tcp-counters.js';

test('every counter of the relay is told, under one name each', () => {
  const metrics = tcpMetrics(tcpCounters);
  const values = metrics.flatMap((metric) => metric.values.map(({ value }) => value));
  expect(values.sort((a, b) => a - b)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
  expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
  expect(metrics.every(({ name }) => name.startsWith('parley_tcp_'))).toBe(true);
});
