import type { Webhook } from '@parley/livekit';
import { expect, test } from 'vitest';
import { MediaThread } from '../../src/media/media-thread.js';
import { FakeWorker, silent } from '../support.js';

const CALL = { path: '/twirp/x/Y', contentType: '', authorization: '', body: new Uint8Array() };

async function start() {
  const worker = new FakeWorker();
  const webhooks: Webhook[] = [];
  const media = new MediaThread({
    spawn: () => worker,
    log: silent,
    onWebhook: (webhook) => webhooks.push(webhook),
  });
  const started = media.start();
  worker.say({ type: 'ready', port: 1, fingerprint: '' });
  await started;
  return { media, worker, webhooks };
}

test('each call gets its own answer', async () => {
  const { media, worker } = await start();
  const [first, second] = [media.callApi(CALL), media.callApi(CALL)];
  const ids = worker.posted.flatMap((message) => (message.type === 'call-api' ? [message.id] : []));
  const body = new Uint8Array();
  worker.say({ type: 'api-answer', id: ids[1] ?? 0, response: { status: 2, contentType: '', body } });
  worker.say({ type: 'api-answer', id: ids[0] ?? 0, response: { status: 1, contentType: '', body } });
  expect((await first).status).toBe(1);
  expect((await second).status).toBe(2);
});

test('calls that wait when the thread dies, or come after it, are answered with unavailable', async () => {
  const { media, worker } = await start();
  const waiting = media.callApi(CALL);
  const closed = media.close(0);
  worker.exit(1);
  await closed;
  for (const { status, body } of [await waiting, await media.callApi(CALL)]) {
    expect(status).toBe(503);
    expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({ code: 'unavailable' });
  }
});

test('webhooks are handed on', async () => {
  const { worker, webhooks } = await start();
  const webhook: Webhook = { event: 'room_started', room: 'lobby', body: '{}' };
  worker.say({ type: 'webhook', webhook });
  expect(webhooks).toEqual([webhook]);
});
