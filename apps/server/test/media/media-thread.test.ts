import { MEDIA_PROTOCOL_VERSION } from '@parley/node/main-thread';
import { describe, expect, test } from 'vitest';
import type { LinkListener } from '../../src/media/links.js';
import { MediaThread } from '../../src/media/media-thread.js';
import { FakeWorker } from '../support.js';

const PAYLOAD = { query: 'join_request=abc' };

async function started() {
  const worker = new FakeWorker();
  const events: unknown[] = [];
  const thread = new MediaThread({
    spawn: () => worker,
    log: () => undefined,
    onEvent: (front, payload) => events.push([front, payload]),
    onEnded: () => events.push('ended'),
  });
  const start = thread.start();
  worker.say({
    type: 'hello',
    version: MEDIA_PROTOCOL_VERSION,
    hello: { port: 8443 },
  });
  expect(await start).toEqual({ port: 8443 });
  return { thread, worker, events };
}

/** Writes down what it is told. */
function recorder(): { listener: LinkListener; heard: string[] } {
  const heard: string[] = [];
  const listener: LinkListener = {
    accepted: () => heard.push('accepted'),
    rejected: (status, text) => heard.push(`rejected ${status} ${text}`),
    send: (data) => heard.push(`send ${String(data)}`),
    close: (code, reason) => heard.push(`close ${code} ${reason}`),
  };
  return { listener, heard };
}

describe('a link', () => {
  test('passes everything on, each under an id of its own', async () => {
    const { thread, worker } = await started();
    const [one, two] = [recorder(), recorder()];
    const link = thread.open('livekit', PAYLOAD, one.listener);
    thread.open('phone', PAYLOAD, two.listener);
    worker.say({ type: 'message', message: { type: 'opened', id: 1 } });
    worker.say({ type: 'message', message: { type: 'refused', id: 2, status: 401, text: 'invalid token' } });
    worker.say({ type: 'message', message: { type: 'frame', id: 1, data: 'hello' } });
    link.receive('text');
    link.receive(new Uint8Array([1, 2]));
    worker.say({ type: 'message', message: { type: 'close', id: 1, code: 1000, reason: 'bye' } });
    expect(one.heard).toEqual(['accepted', 'send hello', 'close 1000 bye']);
    expect(two.heard).toEqual(['rejected 401 invalid token']);
    expect(worker.posted.flatMap((posted) => (posted.type === 'message' ? [posted.message] : []))).toEqual([
      { type: 'open', id: 1, front: 'livekit', payload: PAYLOAD },
      { type: 'open', id: 2, front: 'phone', payload: PAYLOAD },
      { type: 'frame', id: 1, data: 'text' },
      { type: 'frame', id: 1, data: new Uint8Array([1, 2]) },
    ]);
  });

  test('hands over just the bytes of a frame, not the buffer beneath', async () => {
    const { thread, worker } = await started();
    thread.open('livekit', PAYLOAD, recorder().listener).receive(new Uint8Array(1_000).subarray(10, 12));
    expect(worker.transferred.at(-1)?.map(({ byteLength }) => byteLength)).toEqual([2]);
  });

  test('hears nothing and says nothing after it disconnected', async () => {
    const { thread, worker } = await started();
    const { listener, heard } = recorder();
    const link = thread.open('livekit', PAYLOAD, listener);
    link.disconnect();
    link.disconnect();
    link.receive('late');
    worker.say({ type: 'message', message: { type: 'opened', id: 1 } });
    worker.say({ type: 'message', message: { type: 'frame', id: 1, data: 'late' } });
    expect(heard).toEqual([]);
    expect(worker.posted).toHaveLength(2);
  });

  test('is refused with 503 while media is not up', async () => {
    const { thread, worker } = await started();
    const { listener, heard } = recorder();
    const closed = thread.close(1_000);
    worker.exit(0);
    await closed;
    thread.open('livekit', PAYLOAD, listener);
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual(['rejected 503 media is not available']);
  });

  test('closes with 1012 when the worker dies, after its end was told; questions get no answer', async () => {
    const { events, thread, worker } = await started();
    const { listener, heard } = recorder();
    thread.open('livekit', PAYLOAD, listener);
    const answer = thread.ask('livekit', {});
    const closed = thread.close(1_000);
    worker.exit(1);
    await closed;
    expect(events).toEqual(['ended']);
    expect(heard).toEqual(['close 1012 media restarts']);
    expect(await answer).toBeUndefined();
    expect(await thread.metrics()).toEqual([]);
  });
});

test('what a front tells unasked is handed on', async () => {
  const { events, worker } = await started();
  worker.say({ type: 'message', message: { type: 'event', front: 'livekit', payload: 'news' } });
  expect(events).toEqual([['livekit', 'news']]);
});
