import type { HistogramSnapshot } from './histogram.js';

/** A metric of one thread, in the form in which prom-client merges those of several. */
export interface ThreadMetric {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  /** What becomes of the values of several threads. */
  aggregator: 'sum' | 'max';
  /** Of a histogram they have names of their own: `…_bucket`, `…_sum` and `…_count`. */
  values: { value: number; labels: Record<string, string>; metricName?: string }[];
}

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
