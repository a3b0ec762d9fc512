import { expect, test } from 'vitest';
import { createReport, formatReport } from '../src/report.js';
import type { Figure } from '../src/scenarios/scenario.js';
import { livekit } from '../src/servers/livekit.js';
import { parley } from '../src/servers/parley.js';

const servers = [parley, livekit('/nowhere', '1.2.3')];
const sizes = { subscribers: 1, seconds: 1, joins: 1, participants: 1, readers: 1000 };

function lines(measured: Partial<Record<'parley' | 'livekit', Figure[] | string>>): string[] {
  const results = [{ scenario: 'audio', load: 'some load', servers: measured }];
  return formatReport(createReport({ servers, sizes, cores: undefined, results, notes: ['A note.'] })).split(
    '\n',
  );
}

function microseconds(value: number): Figure {
  return { key: 'cpu', label: 'CPU, µs', value, aim: { better: 'less', times: 3 } };
}

test('servers stand beside each other, with how many times better Parley is', () => {
  const report = lines({ parley: [microseconds(2)], livekit: [microseconds(8)] });
  expect(report[0]).toBe('audio: some load');
  expect(report[2]).toMatch(/CPU, µs +2 +8 +4.0 times better \(aim: 3, met\)/);
});

test('what is more is better where joins are counted', () => {
  const joins = (value: number): Figure => ({
    key: 'joins',
    label: 'joins',
    value,
    aim: { better: 'more', times: 1 },
  });
  expect(lines({ parley: [joins(20)], livekit: [joins(40)] })[2]).toContain(
    '0.5 times better (aim: 1, missed)',
  );
});

test('a server that fails does not hide what the other one did', () => {
  const report = lines({ parley: [microseconds(2)], livekit: 'It fell over.' });
  expect(report[1]).toBe('livekit-server 1.2.3 failed: It fell over.');
  expect(report[3]).toMatch(/CPU, µs +2$/);
});

test('what was left out is said', () => {
  expect(lines({ parley: [microseconds(2)] }).at(-1)).toBe('A note.');
});
