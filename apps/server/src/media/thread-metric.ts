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

/** Counts by the values of one label. */
export function labelled(label: string, counts: Readonly<Record<string, number>>): Values {
  return Object.entries(counts).map(([name, value]) => ({ value, labels: { [label]: name } }));
}
