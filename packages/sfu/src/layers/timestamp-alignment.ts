import { timestampDiff } from '@parley/rtp';
import type { ClockReference } from '@parley/transport';

/** What is known when a subscriber's stream goes on with another source. */
export interface SourceSwitch {
  /** Ticks of the RTP timestamp per second, of both sources. */
  readonly clockRate: number;
  /** Timestamps of the source before, less those that the subscriber saw. */
  readonly previousOffset: number;
  /** Latest sender report of the source before. */
  readonly previousReference: ClockReference | undefined;
  /** Latest sender report of the source to come. */
  readonly reference: ClockReference | undefined;
  /** Of the first packet to forward. */
  readonly timestamp: number;
  /** The newest that the subscriber saw. */
  readonly lastTimestamp: number;
  /** Milliseconds since that. */
  readonly elapsed: number;
}

/** Sender reports that lead further than this from the time passed, in milliseconds, are not believed. */
const MAX_DEVIATION = 2000;

/**
 * What to subtract from the new source's timestamps, so that the subscriber's go on: by the two sources' sender reports
 * where both are known, for then pictures keep their distance in time to a tick; else by the time that passed.
 *
 * The first packet always gets a later timestamp than the last one had, for it starts another picture.
 *
 * @returns a signed 32-bit number.
 */
export function switchedTimestampOffset(change: SourceSwitch): number {
  const { clockRate, previousReference, reference, timestamp, lastTimestamp } = change;
  const byTime = lastTimestamp + Math.max(1, Math.round((change.elapsed * clockRate) / 1000));
  if (!previousReference || !reference) return (timestamp - byTime) | 0;
  const offset = change.previousOffset + referenceOffset(previousReference, reference, clockRate);
  const byReports = timestamp - offset;
  if (Math.abs(timestampDiff(byReports, byTime)) > (MAX_DEVIATION * clockRate) / 1000) {
    return (timestamp - byTime) | 0;
  }
  const isLater = timestampDiff(byReports, lastTimestamp) > 0;
  return isLater ? offset | 0 : (timestamp - lastTimestamp - 1) | 0;
}

/** The RTP time of `to` less that of `from` at the same moment of their sender's clock. */
function referenceOffset(from: ClockReference, to: ClockReference, clockRate: number): number {
  const seconds = ((to.ntpSeconds - from.ntpSeconds) | 0) + (to.ntpFraction - from.ntpFraction) / 2 ** 32;
  return timestampDiff(to.rtpTimestamp, from.rtpTimestamp) - Math.round(seconds * clockRate);
}
