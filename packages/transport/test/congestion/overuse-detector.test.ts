import { expect, it } from 'vitest';

import { OveruseDetector } from '../../src/congestion/overuse-detector.js';

/** Gives the detector a trend every 10 ms. Returns what it said, without repetitions. */
function follow(detector: OveruseDetector, trends: readonly number[], from = 0): string[] {
  const said: string[] = [];
  trends.forEach((trend, i) => {
    detector.update(trend, from + i * 10);
    if (said.at(-1) !== detector.usage) said.push(detector.usage);
  });
  return said;
}

it('a trend that grows and stays beyond the threshold is overuse', () => {
  expect(follow(new OveruseDetector(), [0, 5, 15, 20, 25])).toEqual(['normal', 'overuse']);
});

it('a single spike is not', () => {
  expect(follow(new OveruseDetector(), [0, 0, 40, 0, 0])).toEqual(['normal']);
});

it('a trend that falls already is not', () => {
  expect(follow(new OveruseDetector(), [0, 40, 35, 30, 25])).toEqual(['normal']);
});

it('a trend far below zero is underuse, until it ends', () => {
  expect(follow(new OveruseDetector(), [0, -20, -30, -5, 0])).toEqual(['normal', 'underuse', 'normal']);
});

it('overuse lasts until the trend is below the threshold', () => {
  const trends = [0, 15, 20, 25, 24, 22, 5];
  expect(follow(new OveruseDetector(), trends)).toEqual(['normal', 'overuse', 'normal']);
});

it('the threshold gets used to a trend that wavers, and sensitive when it is calm', () => {
  const wavering = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 20 : -20));
  const used = new OveruseDetector();
  follow(used, wavering);
  expect(follow(used, [14, 15, 16], 4000)).toEqual(['normal']);

  const calm = new OveruseDetector();
  follow(calm, new Array<number>(400).fill(0));
  expect(follow(calm, [0, 8, 9, 10], 4000)).toEqual(['normal', 'overuse']);
});
