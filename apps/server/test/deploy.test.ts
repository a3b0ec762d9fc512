import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { HttpMetrics } from '../src/http/metrics.js';
import { everyThreadMetric } from './every-metric.js';
import { temporaryFolder } from './support.js';

const dashboardSchema = z.object({
  panels: z
    .array(
      z.object({
        id: z.int(),
        type: z.enum(['row', 'stat', 'timeseries']),
        title: z.string().min(1),
        gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
        targets: z.array(z.object({ expr: z.string().min(1), refId: z.string() })).optional(),
      }),
    )
    .min(1),
  templating: z.object({ list: z.array(z.object({ name: z.string(), definition: z.string().optional() })) }),
});
const alertsSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z
        .array(
          z.strictObject({
            alert: z.string().regex(/^Parley[A-Za-z]+$/),
            expr: z.string().min(1),
            for: z
              .string()
              .regex(/^\d+m$/)
              .optional(),
            labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
            annotations: z.strictObject({ summary: z.string().min(1) }),
          }),
        )
        .min(1),
    }),
  ),
});

/** What Prometheus itself adds about each server it scrapes. */
const PROMETHEUS_OWN = 'up';
/** Labels that Prometheus adds. */
const TARGET_LABELS = ['job', 'instance'];

const dashboard = dashboardSchema.parse(JSON.parse(read('deploy/grafana/parley.json')));
const rules = alertsSchema
  .parse(parse(read('deploy/prometheus/alerts.yaml')))
  .groups.flatMap((group) => group.rules);
const threadMetrics = everyThreadMetric();
/** Whatever the server has, as Prometheus reads it. */
const text = await new HttpMetrics().render(threadMetrics);
const known = metricNames();

const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
  ...dashboard.templating.list.flatMap(({ name, definition }) =>
    definition === undefined ? [] : [[name, definition] as const],
  ),
];

describe.each(expressions)('%s: %s', (_title, expression) => {
  test('asks for metrics that the server has', () => {
    const names = metricsIn(expression);
    expect(names).not.toEqual([]);
    for (const name of names) expect(known).toContain(name);
  });

  test('asks for label values that they have', () => {
    for (const [, name, matchers = ''] of expression.matchAll(/(parley_\w+)\{([^}]*)\}/g)) {
      const samples = threadMetrics.filter((metric) => metric.name === name).flatMap(({ values }) => values);
      if (samples.length === 0) continue;
      for (const [, label = '', operator, value = ''] of matchers.matchAll(/(\w+)(=~|=)"([^"]*)"/g)) {
        if (TARGET_LABELS.includes(label)) continue;
        const given = samples.map(({ labels }) => labels[label] ?? '');
        const wanted = new RegExp(`^(?:${operator === '=' ? value.replaceAll('.', '\\.') : value})$`);
        expect(given.filter((one) => wanted.test(one))).not.toEqual([]);
      }
    }
  });
});

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

test.skipIf(!hasPromtool)('Prometheus understands the rules, and what the panels ask', () => {
  const questions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const groups = [
    {
      name: 'panels',
      rules: questions.map((expr, index) => ({
        record: `panel_${index}`,
        expr: expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'),
      })),
    },
  ];
  const panels = join(temporaryFolder(), 'panels.yaml');
  writeFileSync(panels, stringify({ groups }));
  const alerts = fileURLToPath(new URL('../../../deploy/prometheus/alerts.yaml', import.meta.url));
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', alerts, panels], {
    encoding: 'utf8',
  });
  expect(status, `${stdout}${stderr}`).toBe(0);
});

test('panels have ids of their own and stand beside each other', () => {
  const ids = dashboard.panels.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

test('every alert is explained to operators, and none that is not there', () => {
  const explained = [...read('docs/operations.md').matchAll(/^\| `(Parley\w+)` \|/gm)].map(
    ([, name]) => name,
  );
  expect(explained).toEqual(rules.map(({ alert }) => alert));
});

test('every metric is explained to operators as the server declares it, and none that is not there', () => {
  const help = new Map(
    [...text.matchAll(/^# HELP (parley_\w+) (.*)$/gm)].map(([, name, what]) => [name, what]),
  );
  const declared = [...text.matchAll(/^# TYPE (parley_\w+) (\w+)$/gm)]
    .map(([, name, type]) => `${name} ${type} ${help.get(name)}`)
    .sort();
  const explained = [
    ...read('docs/operations.md').matchAll(/^\| `(parley_\w+)` +\| (\w+) +\| (.*?) +\|$/gm),
  ].map(([, name, type, what]) => `${name} ${type} ${what}`);
  expect(explained).toEqual(declared);
});

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}

function metricNames(): string[] {
  const types = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)];
  return [
    PROMETHEUS_OWN,
    ...types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  ];
}

/** Names that are metrics: neither functions, nor labels, nor text, nor what `by` and `on` name, nor words. */
function metricsIn(expression: string): string[] {
  const bare = expression
    .replace(/^label_values\((\w+), \w+\)$/, '$1')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|on) \([^)]*\)/g, '');
  return [...bare.matchAll(/\b[a-z_][a-z_0-9]*\b(?! *\()/g)]
    .map(([name]) => name)
    .filter((name) => !['and', 'or', 'unless', 'sum'].includes(name));
}
