import { Histogram, type HistogramSnapshot } from '@parley/core';

/** What is measured over all rooms, each a histogram. */
export type MeasurementsSnapshot = Readonly<Record<keyof Measurements, HistogramSnapshot>>;

/** Upper ends of the buckets: seconds, bit/s, and shares of 1. */
const FIRST_MEDIA_BOUNDS = [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30];
const RTT_BOUNDS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1];
const BITRATE_BOUNDS = [1e5, 2.5e5, 5e5, 1e6, 2e6, 4e6, 8e6, 16e6, 32e6];
const LOSS_BOUNDS = [0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** What media is like, over all rooms of an sfu. */
export class Measurements {
  /** Seconds from a participant's join to its first media; see `FirstMediaMonitor`. */
  readonly firstMedia = new Histogram(FIRST_MEDIA_BOUNDS);
  /** Seconds to a subscriber and back: once an interval of the quality monitor for each. */
  readonly roundTrip = new Histogram(RTT_BOUNDS);
  /** What the path to a subscriber carries, bit/s: once an interval for each. */
  readonly estimate = new Histogram(BITRATE_BOUNDS);
  /** What the streams sent to a subscriber take of it, bit/s: once an interval for each. */
  readonly allocated = new Histogram(BITRATE_BOUNDS);
  /** Share of a publisher's packets that did not arrive, 0 to 1: once an interval for each track. */
  readonly receivedLoss = new Histogram(LOSS_BOUNDS);
  /** Share of packets that a subscriber says did not arrive, 0 to 1: once an interval for each track. */
  readonly sentLoss = new Histogram(LOSS_BOUNDS);
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
