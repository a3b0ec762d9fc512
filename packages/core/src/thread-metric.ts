import type { HistogramSnapshot } from './histogram.js';
import {
  isDeclaration,
  type MetricDeclaration,
  type MetricDeclarations,
  type MetricValues,
} from './metrics.js';

/** A metric of one thread, in the form in which prom-client merges those of several. */
export interface ThreadMetric {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  /** What becomes of the values of several threads. */
  aggregator: 'sum' | 'max';
  /** Of a histogram they have names of their own: `…_bucket`, `…_sum` and `…_count`. */
  values: ThreadMetricValue[];
}

export interface ThreadMetricValue {
  value: number;
  labels: Record<string, string>;
  metricName?: string;
}

type Value = number | HistogramSnapshot | Values;

interface Values {
  readonly [name: string]: Value;
}

/** What is to be shown of the metrics of one owner; those that share a name come as one. */
export function threadMetrics<Declared extends MetricDeclarations>(
  declared: Declared,
  values: MetricValues<Declared>,
): ThreadMetric[];
export function threadMetrics(declared: MetricDeclarations, values: Values): ThreadMetric[] {
  const byName = new Map<string, ThreadMetric>();
  collect(declared, values, byName);
  return [...byName.values()];
}

function collect(declared: MetricDeclarations, values: Values, byName: Map<string, ThreadMetric>): void {
  for (const [key, one] of Object.entries(declared)) {
    const value = values[key];
    if (isDeclaration(one)) {
      const { name, help, type } = one;
      const metric: ThreadMetric = byName.get(name) ?? { name, help, type, aggregator: 'sum', values: [] };
      byName.set(name, metric);
      metric.values.push(...threadValues(one, value));
    } else if (isGroup(value)) {
      collect(one, value, byName);
    }
  }
}

function threadValues(declared: MetricDeclaration, value: Value | undefined): ThreadMetricValue[] {
  if (declared.type === 'histogram') return isSnapshot(value) ? histogramValues(declared.name, value) : [];
  return typeof value === 'number' ? [{ value, labels: { ...declared.labels } }] : [];
}

function isGroup(value: Value | undefined): value is Values {
  return typeof value === 'object' && !isSnapshot(value);
}

function isSnapshot(value: Value | undefined): value is HistogramSnapshot {
  return typeof value === 'object' && Array.isArray(value.bounds);
}

/** Prometheus wants of each bucket how many are in it or in a smaller one. */
function histogramValues(name: string, { bounds, counts, sum }: HistogramSnapshot): ThreadMetricValue[] {
  let count = 0;
  const buckets = counts.map((inBucket, index) => ({
    value: (count += inBucket),
    labels: { le: String(bounds[index] ?? '+Inf') },
    metricName: `${name}_bucket`,
  }));
  return [
    ...buckets,
    { value: sum, labels: {}, metricName: `${name}_sum` },
    { value: count, labels: {}, metricName: `${name}_count` },
  ];
}
