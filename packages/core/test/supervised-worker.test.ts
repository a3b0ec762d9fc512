import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SupervisedWorker } from '../src/index.js';
import { FakeWorker } from './support/fake-worker.js';

interface Echo {
  hello: { port: number };
  toWorker: string;
  fromWorker: string;
  question: string;
  answer: string;
}

const VERSION = 3;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A supervisor whose workers are at hand, the newest last, and what it said. */
function create(now?: () => number) {
  const workers: FakeWorker<Echo>[] = [];
  const heard: string[] = [];
  const logged: string[] = [];
  const supervised = new SupervisedWorker<Echo>({
    name: 'echo thread',
    version: VERSION,
    spawn: () => {
      const worker = new FakeWorker<Echo>();
      workers.push(worker);
      return worker;
    },
    log: (level, fields, message) =>
      logged.push(`${level} ${message}${'reason' in fields ? `: ${String(fields.reason)}` : ''}`),
    onMessage: (message) => heard.push(message),
    onEnded: () => heard.push('ended'),
    ...(now && { now }),
  });
  return { supervised, workers, heard, logged };
}

async function started(now?: () => number) {
  const all = create(now);
  const start = all.supervised.start();
  const worker = all.workers[0]!;
  worker.say({ type: 'hello', version: VERSION, hello: { port: 7 } });
  expect(await start).toEqual({ port: 7 });
  return { ...all, worker };
}

describe('a worker that', () => {
  test('says hello is ready, and messages go both ways', async () => {
    const { heard, supervised, worker } = await started();
    expect(supervised.ready).toBe(true);
    worker.say({ type: 'message', message: 'from' });
    const bytes = new ArrayBuffer(2);
    supervised.post('to', [bytes]);
    expect(heard).toEqual(['from']);
    expect(worker.posted).toEqual([{ type: 'message', message: 'to' }]);
    expect(worker.transferred).toEqual([[bytes]]);
  });

  test('never gets ready is ended, and the start fails with a sentence', async () => {
    const { supervised, workers } = create();
    const start = supervised.start();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(workers[0]?.terminated).toBe(true);
    workers[0]?.exit(1);
    await expect(start).rejects.toMatchObject({
      code: 'not-ready',
      message: 'it was not ready within 30 s',
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workers).toHaveLength(1);
  });

  test('fails to start says the code of the system', async () => {
    const { supervised, workers } = create();
    const start = supervised.start();
    workers[0]?.say({ type: 'fatal', message: 'bind failed', code: 'EADDRINUSE', stack: undefined });
    workers[0]?.exit(1);
    await expect(start).rejects.toMatchObject({ code: 'EADDRINUSE', message: 'bind failed' });
  });

  test('speaks another version of the protocol is refused with a sentence that says what to do', async () => {
    const { supervised, workers } = create();
    const start = supervised.start();
    workers[0]?.say({ type: 'hello', version: 2, hello: { port: 7 } });
    expect(supervised.ready).toBe(false);
    expect(workers[0]?.terminated).toBe(true);
    workers[0]?.exit(1);
    await expect(start).rejects.toThrow(
      'it speaks version 2 of the protocol between threads, the server version 3: build all of it anew and restart',
    );
  });

  test('dies is started again, later each time, until one has run for a while', async () => {
    const { logged, supervised, worker, workers } = await started();
    worker.fail(new Error('out of memory'));
    worker.exit(1);
    expect(supervised.ready).toBe(false);
    expect(logged.at(-1)).toBe('error The echo thread ended; it is started again: out of memory');
    const waits: number[] = [];
    for (let count = 0; count < 8; count++) {
      const before = workers.length;
      const from = Date.now();
      while (workers.length === before) await vi.advanceTimersByTimeAsync(250);
      waits.push(Date.now() - from);
      workers.at(-1)?.exit(1);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);

    await vi.advanceTimersByTimeAsync(10_000);
    workers.at(-1)?.say({ type: 'hello', version: VERSION, hello: { port: 7 } });
    expect(logged.at(-1)).toBe('info The echo thread is back');
    const answering = workers.at(-1)!;
    answering.onPost = ({ type }) => {
      if (type === 'ping') answering.say({ type: 'pong' });
    };
    await vi.advanceTimersByTimeAsync(10_000);
    answering.exit(1);
    const count = workers.length;
    await vi.advanceTimersByTimeAsync(250);
    expect(workers).toHaveLength(count + 1);
  });

  test('dies as soon as it is ready is started again later each time, too', async () => {
    const { worker, workers } = await started();
    worker.exit(1);
    await vi.advanceTimersByTimeAsync(250);
    workers[1]?.say({ type: 'hello', version: VERSION, hello: { port: 7 } });
    workers[1]?.exit(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(workers).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(250);
    expect(workers).toHaveLength(3);
  });

  test('hangs is ended after ten seconds, and another one takes its place', async () => {
    const { logged, worker, workers } = await started();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(worker.terminated).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(worker.terminated).toBe(true);
    expect(logged).toContain('error The echo thread has not answered for 10 s and is ended');
    worker.exit(1);
    await vi.advanceTimersByTimeAsync(250);
    expect(workers).toHaveLength(2);
  });

  test('answers pings is left alone', async () => {
    const { worker } = await started();
    worker.onPost = ({ type }) => {
      if (type === 'ping') worker.say({ type: 'pong' });
    };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(worker.terminated).toBe(false);
  });

  test('has not been asked, since the machine slept, is not ended for it', async () => {
    let asleep = 0;
    const { worker } = await started(() => Date.now() + asleep);
    await vi.advanceTimersByTimeAsync(10_000);
    asleep = 18_000;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(worker.terminated).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(worker.terminated).toBe(true);
  });
});

describe('a question', () => {
  test('is answered by its id, whatever the order', async () => {
    const { supervised, worker } = await started();
    const [one, two] = [supervised.ask('one', 1_000), supervised.ask('two', 1_000)];
    expect(worker.posted).toEqual([
      { type: 'ask', id: 1, question: 'one' },
      { type: 'ask', id: 2, question: 'two' },
    ]);
    worker.say({ type: 'answer', id: 2, answer: 'second' });
    worker.say({ type: 'answer', id: 1, answer: 'first' });
    expect(await Promise.all([one, two])).toEqual(['first', 'second']);
  });

  test('is given up at its deadline; an answer that comes later, or to nothing, is dropped', async () => {
    const { supervised, worker } = await started();
    const answer = supervised.ask('one', 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer).toBeUndefined();
    worker.say({ type: 'answer', id: 1, answer: 'late' });
    worker.say({ type: 'answer', id: 99, answer: 'unasked' });
    const next = supervised.ask('two', 1_000);
    worker.say({ type: 'answer', id: 2, answer: 'right' });
    expect(await next).toBe('right');
  });

  test('that the worker cannot answer is given up at once', async () => {
    const { supervised, worker } = await started();
    const answer = supervised.ask('one', 1_000);
    worker.say({ type: 'unanswered', id: 1 });
    expect(await answer).toBeUndefined();
  });

  test('is given up when the worker dies, after its end was told', async () => {
    const { heard, supervised, worker } = await started();
    const answer = supervised.ask('one', 60_000).then((value) => heard.push(String(value)));
    worker.exit(1);
    await answer;
    expect(heard).toEqual(['ended', 'undefined']);
  });

  test('gets no answer while no worker is ready', async () => {
    const { supervised, worker } = await started();
    worker.exit(1);
    expect(await supervised.ask('one', 60_000)).toBeUndefined();
  });
});

describe('drain', () => {
  test('is told to the worker, and to one that takes its place', async () => {
    const { supervised, worker, workers } = await started();
    supervised.drain();
    expect(worker.posted).toEqual([{ type: 'drain' }]);
    worker.exit(1);
    await vi.advanceTimersByTimeAsync(250);
    workers[1]?.say({ type: 'hello', version: VERSION, hello: { port: 7 } });
    expect(workers[1]?.posted).toEqual([{ type: 'drain' }]);
  });
});

describe('close', () => {
  test('passes on what the worker says until its end, and waits for it', async () => {
    const { heard, supervised, worker, workers } = await started();
    worker.onPost = ({ type }) => {
      if (type !== 'shutdown') return;
      worker.say({ type: 'message', message: 'goodbye' });
      worker.exit(0);
    };
    await supervised.close(3_000);
    expect(heard).toEqual(['goodbye', 'ended']);
    expect(supervised.ready).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workers).toHaveLength(1);
  });

  test('ends a worker that does not obey at the deadline', async () => {
    const { supervised, worker } = await started();
    const closes = [supervised.close(3_000), supervised.close(3_000)];
    await vi.advanceTimersByTimeAsync(2_999);
    expect(worker.terminated).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all(closes);
    expect(worker.terminated).toBe(true);
  });

  test('starts no worker any more', async () => {
    const { supervised, worker, workers } = await started();
    worker.exit(1);
    await supervised.close(3_000);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workers).toHaveLength(1);
  });
});
