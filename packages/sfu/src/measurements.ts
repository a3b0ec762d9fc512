import { Histogram, histogram, type MetricValues } from '@parley/core';

/** Upper ends of the buckets: seconds, bit/s, and shares of 1. */
const FIRST_MEDIA_BOUNDS = [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30];
const RTT_BOUNDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1];
const BITRATE_BOUNDS = [1e5, 2.5e5, 5e5, 1e6, 2e6, 4e6, 8e6, 16e6, 32e6];
const LOSS_BOUNDS = [0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** What media is like, over all rooms of an sfu. All but the first are measured once an interval of the quality monitor. */
export const measurementMetrics = {
  /** See `FirstMediaMonitor`. */
  firstMedia: histogram(
    'parley_first_media_seconds',
    'Time from the join of participants who have something to send or receive to the first RTP packet',
    FIRST_MEDIA_BOUNDS,
  ),
  roundTrip: histogram(
    'parley_round_trip_seconds',
    'Time to a subscriber and back, of each subscriber every five seconds',
    RTT_BOUNDS,
  ),
  estimate: histogram(
    'parley_subscriber_estimate_bits_per_second',
    'What the path to a subscriber carries, of each subscriber every five seconds',
    BITRATE_BOUNDS,
  ),
  allocated: histogram(
    'parley_subscriber_allocated_bits_per_second',
    'What the streams sent to a subscriber take, of each subscriber every five seconds',
    BITRATE_BOUNDS,
  ),
  receivedLoss: histogram(
    'parley_received_loss_ratio',
    'Share of packets lost from a publisher, of each track every five seconds',
    LOSS_BOUNDS,
  ),
  sentLoss: histogram(
    'parley_sent_loss_ratio',
    'Share of packets lost to a subscriber, of each track every five seconds',
    LOSS_BOUNDS,
  ),
};

export type MeasurementsSnapshot = MetricValues<typeof measurementMetrics>;

export class Measurements {
  readonly firstMedia = new Histogram(measurementMetrics.firstMedia.bounds);
  readonly roundTrip = new Histogram(measurementMetrics.roundTrip.bounds);
  readonly estimate = new Histogram(measurementMetrics.estimate.bounds);
  readonly allocated = new Histogram(measurementMetrics.allocated.bounds);
  readonly receivedLoss = new Histogram(measurementMetrics.receivedLoss.bounds);
  readonly sentLoss = new Histogram(measurementMetrics.sentLoss.bounds);
}

export function snapshotOf(measurements: Measurements): MeasurementsSnapshot {
  const { allocated, estimate, firstMedia, receivedLoss, roundTrip, sentLoss } = measurements;
  return {
    firstMedia: firstMedia.snapshot(),
    roundTrip: roundTrip.snapshot(),
    estimate: estimate.snapshot(),
    allocated: allocated.snapshot(),
    receivedLoss: receivedLoss.snapshot(),
    sentLoss: sentLoss.snapshot(),
  };
}
