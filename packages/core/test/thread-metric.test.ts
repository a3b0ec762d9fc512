import { expect, test } from 'vitest';
import { counter, countersBy, createCounters, gauge, histogram, threadMetrics } from '../src/index.js';

const refused = (reason: string) => counter('refused_total', 'Refused', { reason });

const declared = {
  open: gauge('open', 'Open'),
  taken: counter('taken_total', 'Taken'),
  early: refused('early'),
  late: refused('late'),
  closed: countersBy('closed_total', 'Closed', 'status', [200, 503]),
  parts: { wrong: refused('wrong') },
};

test('what is declared is what there is to count in, groups in groups', () => {
  const { early, late, closed, parts } = declared;
  expect(createCounters({ early, late, closed, parts })).toEqual({
    early: 0,
    late: 0,
    closed: { 200: 0, 503: 0 },
    parts: { wrong: 0 },
  });
});

test('counters that share a name come as one metric, each with its labels', () => {
  const values = { open: 1, taken: 2, early: 3, late: 4, closed: { 200: 5, 503: 6 }, parts: { wrong: 7 } };
  const told = threadMetrics(declared, values).map(({ name, type, values: all }) => [
    name,
    type,
    ...all.map(({ labels, value }) => `${Object.entries(labels).flat().join('=')} ${value}`),
  ]);
  expect(told).toEqual([
    ['open', 'gauge', ' 1'],
    ['taken_total', 'counter', ' 2'],
    ['refused_total', 'counter', 'reason=early 3', 'reason=late 4', 'reason=wrong 7'],
    ['closed_total', 'counter', 'status=200 5', 'status=503 6'],
  ]);
});

test('each bucket of a histogram holds what is in it and in all that are smaller', () => {
  const waits = { wait: histogram('wait_seconds', 'Help', [0.5, 1]) };
  const [metric] = threadMetrics(waits, { wait: { bounds: [0.5, 1], counts: [1, 2, 3], sum: 10 } });
  expect(metric).toEqual({
    name: 'wait_seconds',
    help: 'Help',
    type: 'histogram',
    aggregator: 'sum',
    values: [
      { value: 1, labels: { le: '0.5' }, metricName: 'wait_seconds_bucket' },
      { value: 3, labels: { le: '1' }, metricName: 'wait_seconds_bucket' },
      { value: 6, labels: { le: '+Inf' }, metricName: 'wait_seconds_bucket' },
      { value: 10, labels: {}, metricName: 'wait_seconds_sum' },
      { value: 6, labels: {}, metricName: 'wait_seconds_count' },
    ],
  });
});
