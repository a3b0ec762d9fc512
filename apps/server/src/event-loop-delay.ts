import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

const QUANTILES = [0.5, 0.9, 0.99, 1] as const;
const NANOSECONDS = 1e9;

/** Measures how late this thread's event loop runs, since it was last asked. */
export function addEventLoopDelay(registry: Registry, thread: 'main' | 'media'): void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  new Gauge({
    name: 'parley_event_loop_delay_seconds',
    help: 'Delay of the event loop of a thread since the last scrape',
    labelNames: ['thread', 'quantile'],
    registers: [registry],
    collect() {
      for (const quantile of QUANTILES) {
        this.set({ thread, quantile: String(quantile) }, delay.percentile(quantile * 100) / NANOSECONDS);
      }
      delay.reset();
    },
  });
}
