import { expect, it } from 'vitest';

import { InterArrival } from '../../src/congestion/inter-arrival.js';

it('what is sent within 5 ms is one group, told when the next begins', () => {
  const groups = new InterArrival();
  expect(groups.add(0, 1000)).toBe(false);
  expect(groups.add(3, 1004)).toBe(false);
  expect(groups.add(5, 1009)).toBe(false);
  expect(groups.add(20, 1040)).toBe(true);
  expect(groups).toMatchObject({ sentAt: 5, arrival: 1009 });
});

it('what arrives together, though sent apart, was held up and is one group', () => {
  const groups = new InterArrival();
  groups.add(0, 100);
  groups.add(20, 150);
  expect(groups.add(40, 151)).toBe(false);
  expect(groups.add(60, 152)).toBe(false);
  expect(groups.add(80, 180)).toBe(true);
  expect(groups).toMatchObject({ sentAt: 60, arrival: 152 });
});

it('what is held up all the time still makes groups', () => {
  const groups = new InterArrival();
  let complete = 0;
  for (let i = 0; i < 100; i++) if (groups.add(i * 10, 1000 + i * 4)) complete++;
  expect(complete).toBe(3);
});

it('a packet told late is left out', () => {
  const groups = new InterArrival();
  groups.add(0, 100);
  groups.add(20, 120);
  expect(groups.add(1, 500)).toBe(false);
  expect(groups.add(40, 140)).toBe(true);
  expect(groups).toMatchObject({ sentAt: 20, arrival: 120 });
});
