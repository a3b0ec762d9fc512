import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Registry } from 'prom-client';
import type { ThreadMetrics } from './messages.js';

/** Plain numbers by name, as the packages give them out. */
export type Numbers = Readonly<Record<string, number>>;

export interface MediaMetricsSources {
  /** Rooms, participants and what signalling counted. */
  liveKit: () => Numbers;
  /** Packets, bytes and why packets were dropped. */
  transport: () => Numbers;
}
