import { AggregatorRegistry } from 'prom-client';
import { expect, test } from 'vitest';
import { histogram } from '@parley/core';

test('histograms of several threads come out as one, each bucket with all that are smaller', async () => {
  const thread = (counts: number[], sum: number) => [
    histogram('parley_x_seconds', 'Help', { bounds: [0.5, 1], counts, sum }),
  ];
  const text = await AggregatorRegistry.aggregate([thread([1, 2, 3], 10), thread([4, 0, 0], 1.5)]).metrics();
  expect(text.trim().split('\n')).toEqual([
    '# HELP parley_x_seconds Help',
    '# TYPE parley_x_seconds histogram',
    'parley_x_seconds_bucket{le="0.5"} 5',
    'parley_x_seconds_bucket{le="1"} 7',
    'parley_x_seconds_bucket{le="+Inf"} 10',
    'parley_x_seconds_sum 11.5',
    'parley_x_seconds_count 10',
  ]);
});
