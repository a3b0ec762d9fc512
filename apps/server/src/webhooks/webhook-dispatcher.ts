import type { Webhook } from '@parley/livekit';
import { signWebhook, type WebhookKey } from '@parley/livekit/sign-webhook';
import type { Logger } from 'pino';
import { errorText } from '@parley/core';
import type { HttpMetrics } from '../http/metrics.js';
import type { PostWebhook } from './post-webhook.js';

export interface WebhookDispatcherOptions {
  /** Each gets every event. */
  urls: readonly string[];
  /** Signs the events. */
  key: WebhookKey;
  post: PostWebhook;
  metrics: Pick<HttpMetrics, 'webhookDispatches' | 'webhookQueueLength'>;
  log: Logger;
  /** Monotonic time in milliseconds. */
  now: () => number;
  /** The present, milliseconds since 1970. */
  wall: () => number;
}

/** What became of an event: all but the first mean that its receiver has not got it. */
export type WebhookOutcome = 'delivered' | 'rejected' | 'expired' | 'overflow' | 'aborted';

/** Of one of the URLs. */
interface WebhookReceiver {
  url: string;
  /** Queues by room. */
  queues: Map<string, WebhookQueue>;
  /** Queues whose first event may be posted now. */
  ready: WebhookQueue[];
  inFlight: number;
}

/** Events of one room on their way to one receiver: the next begins when the one before is settled. */
interface WebhookQueue {
  receiver: WebhookReceiver;
  room: string;
  events: { webhook: Webhook; queuedAt: number }[];
  /** Failed attempts to deliver the first. */
  failures: number;
}

const MAX_QUEUE_LENGTH = 200;
/** Milliseconds after which an event is given up. */
const MAX_AGE = 30_000;
const FIRST_RETRY_DELAY = 500;
const LONGEST_RETRY_DELAY = 8_000;
/** Posts to one receiver at once: one that hangs must not hold up the others. */
const MAX_IN_FLIGHT = 32;

/**
 * Delivers webhook events: in order for each room and receiver, again with growing delays while a receiver fails, and
 * bounded in number and age, so that a receiver that is down costs little and delays no other.
 */
export class WebhookDispatcher {
  readonly #options: WebhookDispatcherOptions;
  readonly #receivers: readonly WebhookReceiver[];
  readonly #retries = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();
  #onDrained: (() => void) | undefined;

  constructor(options: WebhookDispatcherOptions) {
    this.#options = options;
    this.#receivers = options.urls.map((url) => ({ url, queues: new Map(), ready: [], inFlight: 0 }));
  }

  dispatch(webhook: Webhook): void {
    if (this.#closing.signal.aborted) return;
    for (const receiver of this.#receivers) {
      this.#enqueue(receiver, webhook);
      this.#pump(receiver);
    }
  }

  /** Waits until everything is settled, `timeout` milliseconds at most, and gives up the rest. */
  async close(timeout: number): Promise<void> {
    if (!this.#isDrained) {
      await new Promise<void>((resolve) => {
        const deadline = setTimeout(resolve, timeout);
        this.#onDrained = () => {
          clearTimeout(deadline);
          resolve();
        };
      });
    }
    this.#closing.abort();
    for (const retry of this.#retries) clearTimeout(retry);
    for (const { url, queues } of this.#receivers) {
      for (const { events } of queues.values())
        for (const { webhook } of events) this.#settled(url, webhook, 'aborted');
      queues.clear();
    }
  }

  get #isDrained(): boolean {
    return this.#receivers.every(({ queues }) => queues.size === 0);
  }

  #enqueue(receiver: WebhookReceiver, webhook: Webhook): void {
    const { room } = webhook;
    let queue = receiver.queues.get(room);
    if (queue === undefined) {
      queue = { receiver, room, events: [], failures: 0 };
      receiver.queues.set(room, queue);
      receiver.ready.push(queue);
    }
    if (queue.events.length >= MAX_QUEUE_LENGTH) {
      this.#options.metrics.webhookQueueLength.inc();
      this.#settled(receiver.url, webhook, 'overflow');
      return;
    }
    queue.events.push({ webhook, queuedAt: this.#options.now() });
    this.#options.metrics.webhookQueueLength.inc();
  }

  #pump(receiver: WebhookReceiver): void {
    while (receiver.inFlight < MAX_IN_FLIGHT) {
      const queue = receiver.ready.shift();
      if (queue === undefined) break;
      receiver.inFlight += 1;
      void this.#deliverFirst(queue).finally(() => {
        receiver.inFlight -= 1;
        this.#pump(receiver);
      });
    }
    if (this.#isDrained) this.#onDrained?.();
  }

  async #deliverFirst(queue: WebhookQueue): Promise<void> {
    const { events, receiver, room } = queue;
    const [first] = events;
    if (first === undefined) return;
    const expired = this.#options.now() - first.queuedAt > MAX_AGE;
    const outcome = expired ? 'expired' : await this.#post(receiver.url, first.webhook);
    if (this.#closing.signal.aborted) return;
    if (outcome === undefined) {
      this.#retryLater(queue);
      return;
    }
    queue.failures = 0;
    events.shift();
    this.#settled(receiver.url, first.webhook, outcome);
    if (events.length > 0) receiver.ready.push(queue);
    else receiver.queues.delete(room);
  }

  /** Undefined when it is worth another attempt. */
  async #post(url: string, { event, room, body }: Webhook): Promise<WebhookOutcome | undefined> {
    const { key, log, post, wall } = this.#options;
    try {
      const authorization = await signWebhook(body, key, wall());
      const status = await post(url, { authorization, body }, this.#closing.signal);
      if (status >= 200 && status < 300) return 'delivered';
      log.debug({ event, room, status }, 'A webhook was not taken');
      return status >= 500 || status === 429 || status === 408 ? undefined : 'rejected';
    } catch (error) {
      log.debug({ event, room, reason: errorText(error) }, 'A webhook could not be posted');
      return undefined;
    }
  }

  #retryLater(queue: WebhookQueue): void {
    const delay = Math.min(FIRST_RETRY_DELAY * 2 ** queue.failures, LONGEST_RETRY_DELAY);
    queue.failures += 1;
    const retry = setTimeout(() => {
      this.#retries.delete(retry);
      queue.receiver.ready.push(queue);
      this.#pump(queue.receiver);
    }, delay);
    this.#retries.add(retry);
  }

  #settled(url: string, { event, room }: Webhook, outcome: WebhookOutcome): void {
    const { log, metrics } = this.#options;
    metrics.webhookQueueLength.dec();
    metrics.webhookDispatches.inc({ event, outcome });
    // Not the whole URL: its query may hold a secret.
    if (outcome !== 'delivered')
      log.warn({ event, room, receiver: new URL(url).host, outcome }, 'A webhook was given up');
  }
}
