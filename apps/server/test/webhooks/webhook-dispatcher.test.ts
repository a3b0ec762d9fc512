import { createHash } from 'node:crypto';
import type { Webhook } from '@parley/livekit';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HttpMetrics } from '../../src/http/metrics.js';
import { WebhookDispatcher } from '../../src/webhooks/webhook-dispatcher.js';
import { SECRET, silent } from '../support.js';

const KEY = { apiKey: 'key', secret: SECRET };

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A receiver that answers with the statuses that tests give it, and 200 after them. */
class Receiver {
  readonly metrics = new HttpMetrics();
  readonly posted: { url: string; authorization: string; body: string }[] = [];
  readonly statuses: (number | Error)[] = [];
  /** Never answers. */
  hanging = '';
  readonly dispatcher: WebhookDispatcher;

  constructor(urls: string[] = ['http://receiver/hook']) {
    this.dispatcher = new WebhookDispatcher({
      urls,
      key: KEY,
      post: (url, event) => {
        this.posted.push({ url, ...event });
        if (url === this.hanging) return new Promise(() => undefined);
        const status = this.statuses.shift() ?? 200;
        return status instanceof Error ? Promise.reject(status) : Promise.resolve(status);
      },
      metrics: this.metrics,
      log: silent,
      now: Date.now,
      wall: Date.now,
    });
  }

  get bodies(): string[] {
    return this.posted.map(({ body }) => body);
  }

  /** Counts by outcome. */
  async outcomes(): Promise<Record<string, number>> {
    const { values } = await this.metrics.webhookDispatches.get();
    return Object.fromEntries(values.map(({ labels, value }) => [String(labels.outcome), value]));
  }

  async queued(): Promise<number | undefined> {
    return (await this.metrics.webhookQueueLength.get()).values[0]?.value;
  }
}

function webhook(body: string, room = 'lobby'): Webhook {
  return { event: 'track_published', room, body };
}

describe('WebhookDispatcher', () => {
  test('posts to every receiver, signed', async () => {
    const receiver = new Receiver(['http://one/hook', 'http://two/hook']);
    receiver.dispatcher.dispatch(webhook('{}'));
    await vi.waitFor(() => {
      // Each receiver has queues of its own: their order among each other is open.
      expect(receiver.posted.map(({ url }) => url).toSorted()).toEqual([
        'http://one/hook',
        'http://two/hook',
      ]);
    });
    const { authorization = '' } = receiver.posted[0] ?? {};
    expect(decodeJwt(authorization)).toMatchObject({
      iss: 'key',
      sha256: createHash('sha256').update('{}').digest('base64'),
    });
  });

  test('tries again with growing delays, and keeps the order of a room meanwhile', async () => {
    const receiver = new Receiver();
    receiver.statuses.push(503, new Error('refused'), 429);
    for (const body of ['1', '2', '3']) receiver.dispatcher.dispatch(webhook(body));
    await vi.waitFor(() => expect(receiver.bodies).toEqual(['1']));
    await vi.advanceTimersByTimeAsync(500);
    await vi.waitFor(() => expect(receiver.bodies).toEqual(['1', '1']));
    await vi.advanceTimersByTimeAsync(1000);
    await vi.waitFor(() => expect(receiver.bodies).toEqual(['1', '1', '1']));
    await vi.advanceTimersByTimeAsync(2000);
    await vi.waitFor(() => expect(receiver.bodies).toEqual(['1', '1', '1', '1', '2', '3']));
    await vi.waitFor(async () => expect(await receiver.outcomes()).toEqual({ delivered: 3 }));
    expect(await receiver.queued()).toBe(0);
  });

  test('a room whose receiver fails delays no other room', async () => {
    const receiver = new Receiver();
    receiver.statuses.push(500);
    receiver.dispatcher.dispatch(webhook('a', 'first'));
    receiver.dispatcher.dispatch(webhook('b', 'second'));
    // Which of two rooms goes first is open; the first one's event is the one refused.
    await vi.waitFor(() => expect(receiver.bodies.toSorted()).toEqual(['a', 'b']));
    const [refused] = receiver.bodies;
    await vi.advanceTimersByTimeAsync(500);
    await vi.waitFor(() => expect(receiver.bodies.slice(2)).toEqual([refused]));
  });

  test('a receiver that hangs in many rooms delays no other receiver', async () => {
    const receiver = new Receiver(['http://slow/hook', 'http://fast/hook']);
    receiver.hanging = 'http://slow/hook';
    const rooms = Array.from({ length: 100 }, (_, index) => `room ${index}`);
    for (const room of rooms) receiver.dispatcher.dispatch(webhook(room, room));
    const sentTo = (url: string) =>
      receiver.posted.filter((post) => post.url === url).map(({ body }) => body);
    await vi.waitFor(() => expect(sentTo('http://fast/hook').toSorted()).toEqual(rooms.toSorted()));
    expect(sentTo('http://slow/hook')).toHaveLength(32);
  });

  test('what a receiver refuses is not tried again', async () => {
    const receiver = new Receiver();
    receiver.statuses.push(403, 302);
    receiver.dispatcher.dispatch(webhook('1'));
    receiver.dispatcher.dispatch(webhook('2'));
    await vi.waitFor(async () => expect(await receiver.outcomes()).toEqual({ rejected: 2 }));
    expect(receiver.bodies).toEqual(['1', '2']);
  });

  test('an event is given up after 30 s, and the next ones go on', async () => {
    const receiver = new Receiver();
    receiver.statuses.push(...Array.from({ length: 7 }, () => 500));
    receiver.dispatcher.dispatch(webhook('old'));
    for (let second = 0; second < 30; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      await new Promise((resolve) => process.nextTick(resolve));
    }
    receiver.dispatcher.dispatch(webhook('new'));
    await vi.waitFor(
      async () => {
        await vi.advanceTimersByTimeAsync(1000);
        expect(await receiver.outcomes()).toEqual({ expired: 1, delivered: 1 });
      },
      { timeout: 5000 },
    );
    expect(receiver.bodies.at(-1)).toBe('new');
  });

  test('the queue of a room is 200 long at most', async () => {
    const receiver = new Receiver();
    receiver.statuses.push(500);
    for (let index = 0; index < 202; index += 1) receiver.dispatcher.dispatch(webhook(String(index)));
    expect(await receiver.outcomes()).toEqual({ overflow: 2 });
    expect(await receiver.queued()).toBe(200);
  });

  test('closing waits for what is on its way, and counts the rest as aborted', async () => {
    const receiver = new Receiver();
    receiver.statuses.push(200, 500);
    receiver.dispatcher.dispatch(webhook('1'));
    receiver.dispatcher.dispatch(webhook('2'));
    await vi.waitFor(() => expect(receiver.bodies).toEqual(['1', '2']));
    const closed = receiver.dispatcher.close(100);
    await vi.advanceTimersByTimeAsync(100);
    await closed;
    expect(await receiver.outcomes()).toEqual({ delivered: 1, aborted: 1 });
    receiver.dispatcher.dispatch(webhook('3'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(receiver.bodies).toEqual(['1', '2']);
  });

  test('closing with nothing left takes no time', async () => {
    const { dispatcher } = new Receiver();
    await dispatcher.close(100);
  });
});
