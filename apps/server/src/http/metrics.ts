import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { EventLoopDelay, type ThreadMetric } from '@parley/core';

/** Why a signalling connection was ended by the server, or not opened. */
export type SignalDrop = 'malformed' | 'oversize' | 'flood' | 'backlog' | 'unresponsive';

/** What the main thread counts. */
export class HttpMetrics {
  readonly #registry = new Registry();
  readonly #eventLoopDelay = new EventLoopDelay('main');
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly malformedRequests: Counter;
  readonly connectionsRefused: Counter<'limit'>;
  readonly signalRejections: Counter<'status'>;
  readonly signalDrops: Counter<'reason'>;
  readonly signalConnections: Gauge;
  readonly joins: Histogram;
  readonly webhookDispatches: Counter<'event' | 'outcome'>;
  readonly webhookQueueLength: Gauge;
  readonly #threads: (() => Promise<ThreadMetric[]>)[] = [];

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.requests = new Histogram({
      name: 'parley_http_request_duration_seconds',
      help: 'Time from an HTTP request to the end of its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5],
      registers,
    });
    this.malformedRequests = new Counter({
      name: 'parley_http_malformed_requests_total',
      help: 'Connections that did not speak HTTP, or asked for a tunnel',
      registers,
    });
    this.connectionsRefused = new Counter({
      name: 'parley_http_connections_refused_total',
      help: 'Connections to the HTTP port that were too many: of one address, or for the system',
      labelNames: ['limit'],
      registers,
    });
    this.signalConnections = new Gauge({
      name: 'parley_signal_connections',
      help: 'Open signalling connections',
      registers,
    });
    this.joins = new Histogram({
      name: 'parley_join_duration_seconds',
      help: "Time from a client's request for signalling to the first answer over it, of joins and resumes",
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    this.signalRejections = new Counter({
      name: 'parley_signal_rejections_total',
      help: 'Signalling connections refused, by HTTP status',
      labelNames: ['status'],
      registers,
    });
    this.signalDrops = new Counter({
      name: 'parley_signal_drops_total',
      help: 'Signalling connections ended by the server, by reason',
      labelNames: ['reason'],
      registers,
    });
    this.webhookDispatches = new Counter({
      name: 'parley_webhook_dispatch_total',
      help: 'Webhook events settled, by event and outcome',
      labelNames: ['event', 'outcome'],
      registers,
    });
    this.webhookQueueLength = new Gauge({
      name: 'parley_webhook_queue_length',
      help: 'Webhook events that wait to be delivered',
      registers,
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Another thread whose metrics are to be among those of the process, besides the media thread. */
  addThread(collect: () => Promise<ThreadMetric[]>): void {
    this.#threads.push(collect);
  }

  /** All metrics of the process in Prometheus's text format, those of its other threads among them. */
  async render(media: ThreadMetric[]): Promise<string> {
    const own = await this.#registry.getMetricsAsJSON();
    const threads = await Promise.all(this.#threads.map((collect) => collect()));
    const all = [own, [this.#eventLoopDelay.collect()], media, ...threads];
    return AggregatorRegistry.aggregate(all).metrics();
  }
}
