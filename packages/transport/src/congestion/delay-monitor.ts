import { InterArrival } from './inter-arrival.js';
import { OveruseDetector, type BandwidthUsage } from './overuse-detector.js';
import { QueueDelay } from './queue-delay.js';
import { TrendlineEstimator } from './trendline-estimator.js';

/**
 * Delay that grew without a queue of so many bits behind it is no overuse: on a slow path the few packets of a key frame
 * take as long to go out, one after the other.
 */
const MIN_QUEUE_BITS = 8000;
/** Nor is a wait of so few milliseconds: nobody hears it, and a receiver that is busy otherwise makes it too. */
const MIN_QUEUE_DELAY = 45;

/** Tells from when packets were sent and when they arrived whether queues on the path grow, and how long they are. */
export class DelayMonitor {
  readonly #interArrival = new InterArrival();
  readonly #trendline = new TrendlineEstimator();
  readonly #detector = new OveruseDetector();
  readonly #queueDelay = new QueueDelay();

  /** How long packets wait in queues on the path, in milliseconds. */
  get queueDelay(): number {
    return this.#queueDelay.current;
  }

  /** @param bitrate What the path is taken to carry, in bit/s. */
  usage(bitrate: number): BandwidthUsage {
    const { usage } = this.#detector;
    const tolerated = Math.max(MIN_QUEUE_DELAY, (MIN_QUEUE_BITS * 1000) / bitrate);
    return usage === 'overuse' && this.queueDelay < tolerated ? 'normal' : usage;
  }

  /** What is added from now on counts as the present. */
  startReport(now: number): void {
    this.#queueDelay.startReport(now);
  }

  /**
   * Takes a packet that arrived; the times are in milliseconds, each on a clock of its own.
   *
   * @param isProbe The delay of a probe is of its own making, and tells of no trend.
   */
  add(sentAt: number, arrival: number, isProbe = false): void {
    this.#queueDelay.add(arrival - sentAt);
    const group = this.#interArrival;
    if (isProbe || !group.add(sentAt, arrival)) return;
    this.#trendline.add(group.sentAt, group.arrival);
    this.#detector.update(this.#trendline.trend, group.arrival);
  }
}
