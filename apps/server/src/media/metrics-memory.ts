import type { ThreadMetric } from '@parley/core';

type Value = ThreadMetric['values'][number];

/**
 * What the workers of one media thread have counted, one after the other. Sums over threads must not shrink when one of
 * them dies, or does not answer in time: Prometheus would take the rest of the sum for an increase.
 */
export class MetricsMemory {
  /** Of the worker that runs, as it said last. */
  #last: readonly ThreadMetric[] = [];
  /** What those before it have counted, by name. */
  readonly #ended = new Map<string, ThreadMetric>();

  /** As the running worker says; empty for none, when it has not answered. */
  update(metrics: readonly ThreadMetric[]): void {
    if (metrics.length > 0) this.#last = metrics;
  }

  /** The worker is gone: what it counted stays, what it measured does not. */
  workerEnded(): void {
    for (const metric of this.#last) {
      if (metric.type === 'gauge') continue;
      const values = this.#ended.get(metric.name)?.values ?? [];
      this.#ended.set(metric.name, { ...metric, values: add(values, metric.values) });
    }
    this.#last = [];
  }

  /** To be added up with what other threads say. */
  get metrics(): ThreadMetric[] {
    return [...this.#last, ...this.#ended.values()];
  }
}

function add(some: readonly Value[], others: readonly Value[]): Value[] {
  const sums = new Map<string, Value>();
  for (const one of [...some, ...others]) {
    const key = JSON.stringify([one.metricName, Object.entries(one.labels)]);
    sums.set(key, { ...one, value: one.value + (sums.get(key)?.value ?? 0) });
  }
  return [...sums.values()];
}
