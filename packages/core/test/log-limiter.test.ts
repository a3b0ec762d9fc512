import { LogLimiter } from '@parley/core';
import { beforeEach, expect, test } from 'vitest';

let lines: string[];
let now: number;
let limiter: LogLimiter;

beforeEach(() => {
  lines = [];
  now = 0;
  limiter = new LogLimiter(
    (level, fields, message) => lines.push(`${level} ${JSON.stringify(fields)} ${message}`),
    () => now,
  );
});

/** A participant whose tracks are refused. */
function refuse(participant: string, count: number, room = 'kitchen'): void {
  for (let index = 0; index < count; index++)
    limiter.log('warn', { room, participant, index }, `A track was refused: number ${index}.`);
}

test('one participant makes a few lines of one kind, and one for all the others', () => {
  for (let second = 0; second < 20; second++) {
    refuse('ada', 85);
    limiter.handleTimeout((now += 1000));
  }
  expect(lines.slice(0, 5)).toEqual(
    [0, 1, 2, 3, 4].map(
      (index) =>
        `warn {"room":"kitchen","participant":"ada","index":${index}} A track was refused: number ${index}.`,
    ),
  );
  expect(lines.length).toBeLessThanOrEqual(9);
  const told = lines.map((line) =>
    Number(/… and (\d+) more like it: A track was refused/.exec(line)?.[1] ?? 1),
  );
  limiter.handleTimeout((now += 20_000));
  expect(lines.at(-1)).toContain('"participant":"ada"');
  expect(limiter.omitted).toBe(20 * 85 - told.filter((count) => count === 1).length);
});

test('what is left out is told though nothing more of it comes', () => {
  refuse('ada', 318);
  expect(lines).toHaveLength(5);
  limiter.handleTimeout((now += 10_000));
  expect(lines.slice(5)).toEqual([
    'warn {"room":"kitchen","participant":"ada","omitted":313} … and 313 more like it: A track was refused',
  ]);
  limiter.handleTimeout((now += 100_000));
  expect(lines).toHaveLength(6);
});

test('others, and other lines about the same participant, are told as ever', () => {
  refuse('ada', 50);
  refuse('grace', 1);
  refuse('ada', 1, 'hall');
  limiter.log('info', { room: 'kitchen', participant: 'ada' }, 'A participant left.');
  expect(lines).toHaveLength(8);
});

test('however many names somebody uses, what is remembered is limited', () => {
  for (let index = 0; index < 20_000; index++) refuse(`guest ${index}`, 1);
  expect(lines).toHaveLength(10_005);
  expect(limiter.omitted).toBe(9995);
});

test('who was quiet for a while begins anew', () => {
  refuse('ada', 5);
  limiter.handleTimeout((now += 60_000));
  refuse('ada', 5);
  expect(lines).toHaveLength(10);
});

test('nothing is looked after where nothing was logged of late', () => {
  expect(limiter.deadline).toBe(Infinity);
  refuse('ada', 1);
  expect(limiter.deadline).toBe(1000);
  limiter.handleTimeout((now += 60_000));
  expect(limiter.deadline).toBe(Infinity);
});
