import { counter, type MetricValues } from '@parley/core';

/** What became of packets that did not come when they should have. */
export const nackMetrics = {
  recovered: counter(
    'parley_packets_recovered_total',
    'Packets missing from publishers that came when they were asked for again',
  ),
  reordered: counter(
    'parley_packets_reordered_total',
    'Packets missing from publishers that came by themselves, late',
  ),
  givenUp: counter(
    'parley_packets_given_up_total',
    'Packets missing from publishers that were no longer waited for',
  ),
};

export type NackCounters = MetricValues<typeof nackMetrics>;
