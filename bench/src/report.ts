import { cpus, loadavg, totalmem } from 'node:os';
import type { ScenarioResult } from './benchmark.js';
import type { Cores } from './pinning.js';
import type { Figure, Sizes } from './scenarios/scenario.js';
import type { MediaServerKind, ServerName } from './servers/media-server.js';

/** All that was measured, and where. */
export interface Report {
  servers: { name: ServerName; title: string }[];
  sizes: Sizes;
  results: ScenarioResult[];
  /** What was left out, and why. */
  notes: string[];
  machine: {
    cpu: string;
    cores: number;
    /** By number; absent: server and load shared them all. */
    divided?: Cores;
    memoryGigabytes: number;
    /** Of the last minute: far above 2, others disturbed the measurement. */
    loadAverage: number;
    node: string;
    date: string;
  };
}

interface ReportInput {
  servers: readonly MediaServerKind[];
  sizes: Sizes;
  cores: Cores | undefined;
  results: readonly ScenarioResult[];
  notes: readonly string[];
}

const GIGABYTE = 1_024 ** 3;

export function createReport({ servers, sizes, cores, results, notes }: ReportInput): Report {
  const processors = cpus();
  return {
    servers: servers.map(({ name, title }) => ({ name, title })),
    sizes,
    results: [...results],
    notes: [...notes],
    machine: {
      cpu: processors[0]?.model ?? 'unknown',
      cores: processors.length,
      ...(cores !== undefined && { divided: cores }),
      memoryGigabytes: Math.round(totalmem() / GIGABYTE),
      loadAverage: Math.round(loadavg()[0]! * 10) / 10,
      node: process.version,
      date: new Date().toISOString().slice(0, 10),
    },
  };
}

/** Tables of text: a row for each figure, a column for each server, and how they compare. */
export function formatReport({ servers, results, notes, machine }: Report): string {
  const shared =
    machine.divided === undefined
      ? 'server and load share them'
      : `server on ${machine.divided.server.join(', ')}, load on ${machine.divided.load.join(', ')}`;
  return [
    ...results.map((result) => formatResult(result, servers)),
    `${machine.cpu}, ${machine.cores} cores (${shared}), load average ${machine.loadAverage}, Node ${machine.node}`,
    ...notes,
  ].join('\n\n');
}

function formatResult(
  { scenario, load, servers: measured }: ScenarioResult,
  servers: Report['servers'],
): string {
  const lines = [`${scenario}: ${load}`];
  const columns = servers.flatMap(({ name, title }) => {
    const figures = measured[name];
    if (typeof figures !== 'string') return figures === undefined ? [] : [{ name, title, figures }];
    lines.push(`${title} failed: ${figures}`);
    return [];
  });
  const [first] = columns;
  if (first === undefined) return lines.join('\n');
  const compared =
    columns.length > 1 ||
    first.figures.some(({ limit, least }) => limit !== undefined || least !== undefined);
  const rows = first.figures.map((figure, index) => [
    figure.label,
    ...columns.map(({ figures }) => formatNumber(figures[index]?.value)),
    ...(compared
      ? [formatComparison(figure, columns.length > 1 ? columns.at(-1)?.figures[index] : undefined)]
      : []),
  ]);
  const head = ['', ...columns.map(({ title }) => title), ...(compared ? ['compared'] : [])];
  return [...lines, formatTable([head, ...rows])].join('\n');
}

/** How many times better the first is, and whether that is what it should be. */
function formatComparison(figure: Figure, other: Figure | undefined): string {
  if (figure.limit !== undefined)
    return `(aim: at most ${figure.limit}, ${figure.value <= figure.limit ? 'met' : 'missed'})`;
  if (figure.least !== undefined)
    return `(aim: at least ${figure.least}, ${figure.value >= figure.least ? 'met' : 'missed'})`;
  if (figure.aim === undefined || other === undefined) return '';
  const { better, times } = figure.aim;
  const ratio = better === 'less' ? other.value / figure.value : figure.value / other.value;
  const verdict = ratio >= times ? 'met' : 'missed';
  return `${ratio.toFixed(1)} times better (aim: ${times}, ${verdict})`;
}

function formatNumber(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

/** The first column begins on the left, the others end on the right, but for the last. */
function formatTable(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 || column === 3
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n');
}
