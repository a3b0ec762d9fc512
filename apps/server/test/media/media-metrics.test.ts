import { AggregatorRegistry } from 'prom-client';
import { expect, test } from 'vitest';
import { liveKitMetrics, sfuMetrics, transportMetrics } from '@parley/node';
import { liveKitNumbers, sfuNumbers, transportCounters } from '../support.js';

const all = [
  ...liveKitMetrics(liveKitNumbers),
  ...sfuMetrics(sfuNumbers),
  ...transportMetrics(transportCounters),
];

test("the media thread's numbers come out under Prometheus names", async () => {
  const text = await AggregatorRegistry.aggregate([all]).metrics();
  for (const line of [
    'parley_rooms 1',
    'parley_participants 4',
    'parley_subscriptions 15',
    'parley_joins_total 9',
    'parley_join_failures_total{status="401"} 2',
    'parley_input_drops_total{reason="offer-flood"} 2',
    'parley_packets_sent_total 300',
    'parley_packets_dropped_total{reason="unknown-address"} 3',
    'parley_packets_dropped_total{reason="stun-unknown-username"} 7',
    'parley_packets_dropped_total{reason="stun-unauthenticated"} 25',
    'parley_packets_dropped_total{reason="sctp-malformed"} 38',
    'parley_connectivity_checks_total 21',
    'parley_data_messages_abandoned_total 35',
    'parley_dtls_failures_total 1',
    'parley_key_frame_requests_sent_total 4',
    'parley_first_media_seconds_bucket{le="1"} 5',
    'parley_first_media_seconds_count 6',
    '# TYPE parley_rooms gauge',
    '# TYPE parley_joins_total counter',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

test('every number of the sources is published', () => {
  const values = all.filter(({ type }) => type !== 'histogram').flatMap((metric) => metric.values);
  const count = (numbers: object) =>
    Object.values(numbers).filter((value) => typeof value === 'number').length;
  expect(values).toHaveLength(
    count(liveKitNumbers) +
      count(liveKitNumbers.joinFailures) +
      count(liveKitNumbers.drops) +
      count(sfuNumbers) +
      count(transportCounters) +
      count(transportCounters.ice) +
      count(transportCounters.sctp),
  );
});
