import { counter, gauge, type MetricValues } from '@parley/core';
import { measurementMetrics } from './measurements.js';

/** What is counted over all rooms since the start. */
export const sfuCounterMetrics = {
  /** Its channel was not there, or it read too slowly. */
  dataPacketsDropped: counter('parley_data_packets_dropped_total', 'Data packets that a slow reader lost'),
};

export type SfuCounters = MetricValues<typeof sfuCounterMetrics>;

/** What there is to know of all rooms of an sfu. */
export const sfuMetrics = {
  rooms: gauge('parley_rooms', 'Rooms that are open'),
  participants: gauge('parley_participants', 'Participants in all rooms'),
  publications: gauge('parley_publications', 'Tracks that are published'),
  subscriptions: gauge('parley_subscriptions', 'Subscriptions to tracks'),
  ...sfuCounterMetrics,
  measurements: measurementMetrics,
};

export type SfuMetrics = MetricValues<typeof sfuMetrics>;
