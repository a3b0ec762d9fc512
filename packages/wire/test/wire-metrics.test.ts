import { expect, test } from 'vitest';
import { Wire, wireMetrics } from '../src/index.js';

test('every number that native code counts is declared as a metric, and none that it does not count', () => {
  const wire = new Wire({ port: 0, addresses: ['127.0.0.1'], onBatch: () => undefined });
  const counted = Object.keys(wire.counters());
  wire.close();
  expect(counted.sort()).toEqual(Object.keys(wireMetrics).sort());
});
