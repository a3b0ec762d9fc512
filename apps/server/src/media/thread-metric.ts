import type { HistogramSnapshot } from '@parley/sfu';
import type { ThreadMetric } from './messages.js';

type Values = ThreadMetric['values'];

/** A number that rises and falls. */
export function gauge(name: string, help: string, value: number): ThreadMetric {
  return { name, help, type: 'gauge', aggregator: 'sum', values: [{ value, labels: {} }] };
}

/** A number that only grows, or several of different labels. */
export function counter(name: string, help: string, value: number | Values): ThreadMetric {
  const values = typeof value === 'number' ? [{ value, labels: {} }] : value;
  return { name, help, type: 'counter', aggregator: 'sum', values };
}

/** How often something was how large. */
export function histogram(
  name: string,
  help: string,
  { bounds, counts, sum }: HistogramSnapshot,
): ThreadMetric {
  let count = 0;
  // Prometheus wants of each bucket how many are in it or in a smaller one.
  const buckets = counts.map((inBucket, index) => ({
    value: (count += inBucket),
    labels: { le: String(bounds[index] ?? '+Inf') },
    metricName: `${name}_bucket`,
  }));
  return {
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    values: [
      ...buckets,
      { value: sum, labels: {}, metricName: `${name}_sum` },
      { value: count, labels: {}, metricName: `${name}_count` },
    ],
  };
}

/** Counts by the values of one label. */
export function labelled(label: string, counts: Readonly<Record<string, number>>): Values {
  return Object.entries(counts).map(([name, value]) => ({ value, labels: { [label]: name } }));
}
