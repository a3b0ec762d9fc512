import { AggregatorRegistry } from 'prom-client';
import { expect, test } from 'vitest';
import { MetricsMemory } from '../../src/media/metrics-memory.js';
import { counter, countersBy, gauge, histogram, threadMetrics, type ThreadMetric } from '@parley/core';

const declared = {
  rooms: gauge('rooms', 'Rooms'),
  packets: counter('packets_total', 'Packets'),
  drops: countersBy('drops_total', 'Drops', 'reason', ['flood', 'malformed']),
  delay: histogram('delay_seconds', 'Delay', [1]),
};

function said(count: number): ThreadMetric[] {
  return threadMetrics(declared, {
    rooms: count,
    packets: count,
    drops: { flood: count, malformed: 2 * count },
    delay: { bounds: [1], counts: [count, count], sum: 3 * count },
  });
}

async function lines(memory: MetricsMemory): Promise<string[]> {
  const text = await AggregatorRegistry.aggregate([memory.metrics]).metrics();
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

test('counters go on from where a worker that died has left them, gauges begin anew', async () => {
  const memory = new MetricsMemory();
  memory.update(said(5));
  memory.workerEnded();
  expect(await lines(memory)).not.toContain('rooms 5');
  memory.update(said(1));
  memory.workerEnded();
  memory.update(said(2));
  expect(await lines(memory)).toEqual([
    'rooms 2',
    'packets_total 8',
    'drops_total{reason="flood"} 8',
    'drops_total{reason="malformed"} 16',
    'delay_seconds_bucket{le="1"} 8',
    'delay_seconds_bucket{le="+Inf"} 16',
    'delay_seconds_sum 24',
    'delay_seconds_count 16',
  ]);
});

test('a worker that does not answer counts as it said last', async () => {
  const memory = new MetricsMemory();
  memory.update(said(5));
  memory.update([]);
  expect(await lines(memory)).toContain('packets_total 5');
});
