import { ALL_LAYERS, FrameRates } from '@parley/sfu';
import { describe, expect, test } from 'vitest';

/** Thirty pictures a second, in three temporal layers: 7.5, 7.5 and 15. */
function measured(): FrameRates {
  const rates = new FrameRates();
  for (let frame = 0; frame < 60; frame++) rates.observe([0, 2, 1, 2][frame % 4]!, (1000 * frame) / 30);
  expect(rates.update(2000)).toBe(true);
  return rates;
}

describe('FrameRates', () => {
  test.each([
    [0, ALL_LAYERS],
    [1, 0],
    [7, 0],
    [8, 0],
    [9, 1],
    [15, 1],
    [16, 1],
    [20, 2],
    [30, 2],
    [60, ALL_LAYERS],
  ])('for %i pictures a second it takes temporal layer %i', (fps, layer) => {
    expect(measured().layerFor(fps)).toBe(layer);
  });

  test('nothing is left out before anything was measured, and after a reset', () => {
    expect(new FrameRates().layerFor(5)).toBe(ALL_LAYERS);
    const rates = measured();
    rates.reset();
    expect(rates.layerFor(5)).toBe(ALL_LAYERS);
  });

  test('measures anew every two seconds', () => {
    const rates = measured();
    rates.observe(0, 2500);
    expect(rates.update(3900)).toBe(false);
    expect(rates.layerFor(5)).toBe(0);
    expect(rates.update(4000)).toBe(true);
    expect(rates.layerFor(5)).toBe(ALL_LAYERS);
  });
});
