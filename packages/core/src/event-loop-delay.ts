import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ThreadMetric } from './thread-metric.js';

const QUANTILES = [0.5, 0.9, 0.99, 1] as const;
const NANOSECONDS = 1e9;
/** How often the delay is measured, in milliseconds; what is measured includes it. More often would wake idle threads for it. */
const RESOLUTION = 50;

/** How late the event loop of this thread runs. */
export class EventLoopDelay {
  readonly #thread: 'main' | 'media' | 'tcp';
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION });

  constructor(thread: 'main' | 'media' | 'tcp') {
    this.#thread = thread;
    this.#histogram.enable();
  }

  /** The delays since this was last called. */
  collect(): ThreadMetric {
    const values = QUANTILES.map((quantile) => ({
      value: Math.max(0, this.#histogram.percentile(quantile * 100) / NANOSECONDS - RESOLUTION / 1000),
      labels: { thread: this.#thread, quantile: String(quantile) },
    }));
    this.#histogram.reset();
    return {
      name: 'parley_event_loop_delay_seconds',
      help: 'Delay of the event loop of a thread since the last scrape',
      type: 'gauge',
      aggregator: 'max',
      values,
    };
  }
}
