import { expect, it } from 'vitest';
import { fieldTime, sendTimes } from '../../src/scheduled/send-times.js';

const offered = (now: Date) => sendTimes(now).map(([name, time]) => `${name} ${fieldTime(time)}`);

it.each([
  // A Monday: the next one.
  [
    new Date(2026, 10, 30, 8, 5),
    ['hour 2026-11-30T09:05', 'tomorrow 2026-12-01T09:00', 'monday 2026-12-07T09:00'],
  ],
  [
    new Date(2026, 11, 31, 23, 30),
    ['hour 2027-01-01T00:30', 'tomorrow 2027-01-01T09:00', 'monday 2027-01-04T09:00'],
  ],
  // A Sunday: Monday is tomorrow.
  [new Date(2026, 10, 29, 12), ['hour 2026-11-29T13:00', 'tomorrow 2026-11-30T09:00']],
])('at %s one is offered what comes', (now, expected) => {
  expect(offered(now)).toEqual(expected);
});
