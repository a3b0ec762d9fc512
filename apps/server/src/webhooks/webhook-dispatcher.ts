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

/** Events of one room on their way to one URL: the next begins when the one before is settled. */
interface WebhookQueue {
  id: string;
  url: string;
  events: { webhook: Webhook; queuedAt: number }[];
  /** Failed attempts to deliver the first. */
  failures: number;
}

const MAX_QUEUE_LENGTH = 200;
/** Milliseconds after which an event is given up. */
const MAX_AGE = 30_000;
const FIRST_RETRY_DELAY = 500;
const LONGEST_RETRY_DELAY = 8_000;
const MAX_IN_FLIGHT = 32;

/**
 * Delivers webhook events: in order for each room and receiver, again with growing delays while a receiver fails, and
 * bounded in number and age, so that a receiver that is down costs little and delays no other.
 */
export class WebhookDispatcher {
  readonly #options: WebhookDispatcherOptions;
  readonly #queues = new Map<string, WebhookQueue>();
  /** Queues whose first event may be posted now. */
  readonly #ready: WebhookQueue[] = [];
  readonly #retries = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();
  #inFlight = 0;
  #onDrained: (() => void) | undefined;

  constructor(options: WebhookDispatcherOptions) {
    this.#options = options;
  }

  dispatch(webhook: Webhook): void {
    if (this.#closing.signal.aborted) return;
    for (const url of this.#options.urls) this.#enqueue(url, webhook);
    this.#pump();
  }

  /** Waits until everything is settled, `timeout` milliseconds at most, and gives up the rest. */
  async close(timeout: number): Promise<void> {
    if (this.#queues.size > 0) {
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
    for (const { url, events } of this.#queues.values())
      for (const { webhook } of events) this.#settled(url, webhook, 'aborted');
    this.#queues.clear();
  }

  #enqueue(url: string, webhook: Webhook): void {
    const id = `${url} ${webhook.room}`;
    let queue = this.#queues.get(id);
    if (queue === undefined) {
      queue = { id, url, events: [], failures: 0 };
      this.#queues.set(id, queue);
      this.#ready.push(queue);
    }
    if (queue.events.length >= MAX_QUEUE_LENGTH) {
      this.#options.metrics.webhookQueueLength.inc();
      this.#settled(url, webhook, 'overflow');
      return;
    }
    queue.events.push({ webhook, queuedAt: this.#options.now() });
    this.#options.metrics.webhookQueueLength.inc();
  }

  #pump(): void {
    while (this.#inFlight < MAX_IN_FLIGHT) {
      const queue = this.#ready.shift();
      if (queue === undefined) break;
      this.#inFlight += 1;
      void this.#deliverFirst(queue).finally(() => {
        this.#inFlight -= 1;
        this.#pump();
      });
    }
    if (this.#queues.size === 0) this.#onDrained?.();
  }

  async #deliverFirst(queue: WebhookQueue): Promise<void> {
    const [first] = queue.events;
    if (first === undefined) return;
    const expired = this.#options.now() - first.queuedAt > MAX_AGE;
    const outcome = expired ? 'expired' : await this.#post(queue.url, first.webhook);
    if (this.#closing.signal.aborted) return;
    if (outcome === undefined) {
      this.#retryLater(queue);
      return;
    }
    queue.failures = 0;
    queue.events.shift();
    this.#settled(queue.url, first.webhook, outcome);
    if (queue.events.length > 0) this.#ready.push(queue);
    else this.#queues.delete(queue.id);
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
      this.#ready.push(queue);
      this.#pump();
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
