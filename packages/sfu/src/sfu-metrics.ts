import { counter, gauge, type MetricValues } from '@parley/core';
import { packetsDropped } from '@parley/wire';
import { measurementMetrics } from './measurements.js';

/** Packets that subscribers do not get, counted for each of them. What layers leave out is not among them. */
export const forwardingMetrics = {
  /** The subscriber has not taken the packet's codec. */
  noCodec: packetsDropped('forward-no-codec'),
  /** What stands before the payload cannot be read. */
  malformed: packetsDropped('forward-malformed'),
  /** They come too late, or came before. */
  outdated: packetsDropped('forward-outdated'),
  /** So many wait for the path already that all are given up, until the next key frame. */
  pacerFull: packetsDropped('pacer-full'),
  /** They waited so long for the path that they are not kept any more. */
  pacerOutdated: packetsDropped('pacer-outdated'),
};

export type ForwardingCounters = MetricValues<typeof forwardingMetrics>;

/** What is counted over all rooms since the start. */
export const sfuCounterMetrics = {
  forwarding: forwardingMetrics,
  pauses: counter(
    'parley_subscription_pauses_total',
    'Times that a video was paused, as the path to its subscriber did not carry it',
  ),
  tapPacketsLost: counter('parley_tap_packets_lost_total', 'Packets that the slow reader of a tap lost'),
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
  paused: gauge(
    'parley_subscriptions_paused',
    'Videos that are paused, as the path to their subscriber does not carry them',
  ),
  ...sfuCounterMetrics,
  measurements: measurementMetrics,
};

export type SfuMetrics = MetricValues<typeof sfuMetrics>;
