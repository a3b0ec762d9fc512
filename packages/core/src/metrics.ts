import type { HistogramSnapshot } from './histogram.js';

/**
 * A metric, declared once beside whatever counts or measures it. What is counted, passed between threads and shown, and what
 * docs and dashboards are compared with, follows from the declaration.
 */
export type MetricDeclaration = NumberDeclaration | HistogramDeclaration;

export interface NumberDeclaration {
  /** A counter only grows, a gauge rises and falls. Both are added up over threads. */
  readonly type: 'counter' | 'gauge';
  /** Prometheus knows it by this name; several of them may share it, each with labels of its own. */
  readonly name: string;
  readonly help: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface HistogramDeclaration {
  readonly type: 'histogram';
  readonly name: string;
  readonly help: string;
  /** Upper ends of the buckets, growing. */
  readonly bounds: readonly number[];
}

/** The metrics of one owner, by what it calls them; those of its parts may stand in groups. */
export interface MetricDeclarations {
  readonly [name: string]: MetricDeclaration | MetricDeclarations;
}

export interface CounterDeclarations {
  readonly [name: string]: NumberDeclaration | CounterDeclarations;
}

/** What there is to show of the metrics declared, by the same names. */
export type MetricValues<Declared> = {
  -readonly [Name in keyof Declared]: Declared[Name] extends NumberDeclaration
    ? number
    : Declared[Name] extends HistogramDeclaration
      ? HistogramSnapshot
      : MetricValues<Declared[Name]>;
};

interface Zeroes {
  [name: string]: number | Zeroes;
}

export function counter(
  name: string,
  help: string,
  labels: Readonly<Record<string, string>> = {},
): NumberDeclaration {
  return { type: 'counter', name, help, labels };
}

export function gauge(name: string, help: string): NumberDeclaration {
  return { type: 'gauge', name, help, labels: {} };
}

/** Counters under one name, by the values of one label. */
export function countersBy<Value extends string | number>(
  name: string,
  help: string,
  label: string,
  values: readonly Value[],
): Readonly<Record<Value, NumberDeclaration>>;
export function countersBy(
  name: string,
  help: string,
  label: string,
  values: readonly (string | number)[],
): Readonly<Record<string, NumberDeclaration>> {
  return Object.fromEntries(values.map((value) => [value, counter(name, help, { [label]: String(value) })]));
}

export function histogram(name: string, help: string, bounds: readonly number[]): HistogramDeclaration {
  return { type: 'histogram', name, help, bounds };
}

/** Plain numbers to count in, by the names under which the counters are declared. */
export function createCounters<Declared extends CounterDeclarations>(
  declared: Declared,
): MetricValues<Declared>;
export function createCounters(declared: CounterDeclarations): Zeroes {
  return zeroes(declared);
}

function zeroes(declared: CounterDeclarations): Zeroes {
  return Object.fromEntries(
    Object.entries(declared).map(([name, one]) => [name, isDeclaration(one) ? 0 : zeroes(one)]),
  );
}

export function isDeclaration<Declaration extends MetricDeclaration>(
  one: Declaration | Readonly<Record<string, unknown>>,
): one is Declaration {
  return typeof one.type === 'string';
}
