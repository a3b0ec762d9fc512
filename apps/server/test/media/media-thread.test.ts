import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SignalListener } from '../../src/media/media-front.js';
import type { SignalHttpRequest } from '../../src/media/messages.js';
import { MediaThread } from '../../src/media/media-thread.js';
import { FakeWorker, silent } from '../support.js';

const REQUEST: SignalHttpRequest = {
  path: 'v1',
  query: 'join_request=abc',
  authorization: undefined,
  userAgent: 'test',
  address: '192.0.2.1',
};

/** A thread whose workers are at hand, the newest last. */
function create(): { thread: MediaThread; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const thread = new MediaThread({
    spawn: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    log: silent,
  });
  return { thread, workers };
}

async function started(): Promise<{ thread: MediaThread; workers: FakeWorker[]; worker: FakeWorker }> {
  const { thread, workers } = create();
  const start = thread.start();
  const [worker] = workers;
  if (worker === undefined) throw new Error('no worker was started');
  worker.say({ type: 'ready', port: 8443, fingerprint: 'AA' });
  await start;
  return { thread, workers, worker };
}

/** Writes down what it is told. */
function recorder(): { listener: SignalListener; heard: string[] } {
  const heard: string[] = [];
  const listener: SignalListener = {
    accepted: () => heard.push('accepted'),
    rejected: (status, text) => heard.push(`rejected ${status} ${text}`),
    send: (data) => heard.push(`send ${String(data)}`),
    close: (code, reason) => heard.push(`close ${code} ${reason}`),
  };
  return { listener, heard };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('start', () => {
  test('answers the port when the worker is ready', async () => {
    const { thread, workers } = create();
    expect(thread.ready).toBe(false);
    const start = thread.start();
    workers[0]?.say({ type: 'ready', port: 8443, fingerprint: 'AA' });
    expect(await start).toEqual({ port: 8443, fingerprint: 'AA' });
    expect(thread.ready).toBe(true);
  });

  test('says in one sentence that the port is in use', async () => {
    const { thread, workers } = create();
    const start = thread.start();
    workers[0]?.say({ type: 'fatal', message: 'bind: address in use', code: 'EADDRINUSE', stack: undefined });
    workers[0]?.exit(1);
    await expect(start).rejects.toThrow(
      'The media port is in use: stop the other program or set media.port (PARLEY_MEDIA_PORT) to another',
    );
  });

  test('says why else it failed', async () => {
    const { thread, workers } = create();
    const start = thread.start();
    workers[0]?.fail(new Error('the addon is missing'));
    workers[0]?.exit(1);
    await expect(start).rejects.toThrow('Media could not be started: the addon is missing');
  });
});

describe('a connection', () => {
  test('passes everything on, each under an id of its own', async () => {
    const { thread, worker } = await started();
    const [one, two] = [recorder(), recorder()];
    const link = thread.connect(REQUEST, one.listener);
    thread.connect(REQUEST, two.listener);
    const ids = worker.posted.map((message) => ('id' in message ? message.id : 0));
    expect(worker.posted[0]).toEqual({ type: 'connect', id: ids[0], ...REQUEST });
    worker.say({ type: 'accepted', id: ids[0] ?? 0 });
    worker.say({ type: 'rejected', id: ids[1] ?? 0, status: 401, text: 'invalid token' });
    worker.say({ type: 'send', id: ids[0] ?? 0, data: 'hello' });
    link.receive('text');
    link.receive(new Uint8Array([1, 2]));
    worker.say({ type: 'close', id: ids[0] ?? 0, code: 1000, reason: 'bye' });
    expect(one.heard).toEqual(['accepted', 'send hello', 'close 1000 bye']);
    expect(two.heard).toEqual(['rejected 401 invalid token']);
    expect(worker.posted.slice(2)).toEqual([
      { type: 'message', id: ids[0], data: 'text' },
      { type: 'message', id: ids[0], data: new Uint8Array([1, 2]) },
    ]);
  });

  test('hands over just the bytes of a message, not the buffer beneath', async () => {
    const { thread, worker } = await started();
    const link = thread.connect(REQUEST, recorder().listener);
    link.receive(new Uint8Array(1_000).subarray(10, 12));
    const message = worker.posted.at(-1);
    expect(
      message?.type === 'message' && typeof message.data === 'object' && message.data.buffer.byteLength,
    ).toBe(2);
  });

  test('hears nothing and says nothing after it disconnected', async () => {
    const { thread, worker } = await started();
    const { listener, heard } = recorder();
    const link = thread.connect(REQUEST, listener);
    link.disconnect();
    link.disconnect();
    link.receive('late');
    worker.say({ type: 'accepted', id: 1 });
    worker.say({ type: 'send', id: 1, data: 'late' });
    expect(heard).toEqual([]);
    expect(worker.posted.map(({ type }) => type)).toEqual(['connect', 'disconnect']);
  });

  test('is rejected with 503 while media is not up', async () => {
    const { thread } = create();
    const { listener, heard } = recorder();
    thread.connect(REQUEST, listener);
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual(['rejected 503 media is not available']);
  });
});

describe('questions', () => {
  test('are answered by the worker', async () => {
    const { thread, worker } = await started();
    const validation = thread.validate(REQUEST);
    const metrics = thread.metrics();
    worker.say({ type: 'metrics', id: 2, metrics: [] });
    worker.say({ type: 'validated', id: 1, status: 200, text: 'success' });
    expect(await validation).toEqual({ status: 200, text: 'success' });
    expect(await metrics).toEqual([]);
  });

  test('about metrics are given up after a second', async () => {
    const { thread } = await started();
    const metrics = thread.metrics();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await metrics).toEqual([]);
  });

  test('get a refusal while media is not up', async () => {
    const { thread } = create();
    expect(await thread.validate(REQUEST)).toEqual({ status: 503, text: 'media is not available' });
    expect(await thread.metrics()).toEqual([]);
  });
});

describe('when the worker dies', () => {
  test('connections close with 1012, questions are refused, and another worker starts', async () => {
    const { thread, workers, worker } = await started();
    const { listener, heard } = recorder();
    thread.connect(REQUEST, listener);
    const validation = thread.validate(REQUEST);
    worker.fail(new Error('out of memory'));
    worker.exit(1);
    expect(heard).toEqual(['close 1012 media restarts']);
    expect((await validation).status).toBe(503);
    expect(thread.ready).toBe(false);
    expect(workers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(workers).toHaveLength(2);
    workers[1]?.say({ type: 'ready', port: 8443, fingerprint: 'BB' });
    expect(thread.ready).toBe(true);
  });

  test('the other worker begins no rooms either while the server drains', async () => {
    const { thread, workers, worker } = await started();
    thread.drain();
    worker.exit(1);
    await vi.advanceTimersByTimeAsync(250);
    const next = workers.at(-1);
    next?.say({ type: 'ready', port: 8443, fingerprint: 'AA' });
    expect(next).not.toBe(worker);
    expect(next?.posted).toContainEqual({ type: 'drain' });
  });

  test('waits longer each time another one fails to start, ten seconds at most', async () => {
    const { workers, worker } = await started();
    worker.exit(1);
    const waits: number[] = [];
    for (let count = 0; count < 8; count++) {
      const before = workers.length;
      let waited = 0;
      while (workers.length === before) {
        await vi.advanceTimersByTimeAsync(250);
        waited += 250;
      }
      waits.push(waited);
      workers.at(-1)?.exit(1);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });
});

describe('when the worker is stuck', () => {
  test('it is ended after ten seconds, and another one starts', async () => {
    const { workers, worker } = await started();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(worker.terminated).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(worker.terminated).toBe(true);
    worker.exit(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(workers).toHaveLength(2);
  });

  test('one that answers is left alone', async () => {
    const { worker } = await started();
    worker.onPost = ({ type }) => {
      if (type === 'ping') worker.say({ type: 'pong' });
    };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(worker.terminated).toBe(false);
  });
});

describe('close', () => {
  test('asks the worker to shut down, still passes on what it says, and waits for its end', async () => {
    const { thread, worker } = await started();
    const { listener, heard } = recorder();
    thread.connect(REQUEST, listener);
    worker.onPost = (message) => {
      if (message.type !== 'shutdown') return;
      worker.say({ type: 'send', id: 1, data: 'leave' });
      worker.say({ type: 'close', id: 1, code: 1001, reason: 'shutdown' });
      worker.exit(0);
    };
    await thread.close(3_000);
    expect(heard).toEqual(['send leave', 'close 1001 shutdown']);
    expect(thread.ready).toBe(false);
  });

  test('ends a worker that does not obey', async () => {
    const { thread, worker } = await started();
    const close = thread.close(3_000);
    await vi.advanceTimersByTimeAsync(3_000);
    await close;
    expect(worker.terminated).toBe(true);
  });

  test('starts no worker any more', async () => {
    const { thread, workers, worker } = await started();
    worker.exit(1);
    await thread.close(3_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workers).toHaveLength(1);
  });
});
