import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TcpThread } from '../../src/media/tcp-thread.js';
import { FakeTcpWorker } from './fake-tcp-worker.js';

/** A thread whose workers are at hand, the newest last. */
function create() {
  const workers: FakeTcpWorker[] = [];
  const ports: number[] = [];
  const thread = new TcpThread({
    spawn: (port) => {
      const worker = new FakeTcpWorker();
      workers.push(worker);
      ports.push(port);
      return worker;
    },
    log: () => undefined,
  });
  return { thread, workers, ports };
}

async function started() {
  const created = create();
  const start = created.thread.start(8443);
  const [worker] = created.workers as [FakeTcpWorker];
  worker.getReady();
  await start;
  return { ...created, worker };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('start', () => {
  test('is done when the port is listened on', async () => {
    const { ports } = await started();
    expect(ports).toEqual([8443]);
  });

  test('says in one sentence that the port is in use', async () => {
    const { thread, workers } = create();
    const start = thread.start(8443);
    workers[0]?.die('listen EADDRINUSE: address already in use 0.0.0.0:8443', 'EADDRINUSE');
    await expect(start).rejects.toThrow(
      'TCP port 8443 of media is in use: stop the other program, set media.port (PARLEY_MEDIA_PORT) to another, or switch media.tcp (PARLEY_MEDIA_TCP) off',
    );
    expect(workers).toHaveLength(1);
  });

  test('says why else it failed', async () => {
    const { thread, workers } = create();
    const start = thread.start(8443);
    workers[0]?.fail(new Error('no memory'));
    workers[0]?.exit(1);
    await expect(start).rejects.toThrow('Media over TCP could not be started: no memory');
  });
});

describe('a thread that dies', () => {
  test('is started again on its port, as often as it takes', async () => {
    const { workers, worker, ports } = await started();
    worker.die('a defect');
    expect(workers).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(workers).toHaveLength(2);
    workers[1]?.die('still in use', 'EADDRINUSE');
    vi.advanceTimersByTime(1_000);
    expect(ports).toEqual([8443, 8443, 8443]);
  });

  test('has no metrics until it is back', async () => {
    const { thread, worker } = await started();
    const asked = thread.metrics();
    worker.die('a defect');
    expect(await asked).toEqual([]);
    expect(await thread.metrics()).toEqual([]);
  });
});

test('metrics are what the worker answers, or nothing when it takes too long', async () => {
  const { thread, worker } = await started();
  const metric = { name: 'a', help: 'b', type: 'gauge', aggregator: 'sum', values: [] } as const;
  const first = thread.metrics();
  worker.say({ type: 'answer', id: 1, answer: [{ ...metric, values: [] }] });
  expect(await first).toEqual([metric]);
  const second = thread.metrics();
  vi.advanceTimersByTime(1_000);
  expect(await second).toEqual([]);
});

test('a thread that is closed ends, and is not started again', async () => {
  const { thread, workers, worker } = await started();
  worker.onPost = ({ type }) => {
    if (type === 'shutdown') worker.exit(0);
  };
  await thread.close();
  expect(worker.terminated).toBe(true);
  vi.advanceTimersByTime(10_000);
  expect(workers).toHaveLength(1);
});

test('a thread that is closed while it waits to be started again stays away', async () => {
  const { thread, workers, worker } = await started();
  worker.die('a defect');
  await thread.close();
  vi.advanceTimersByTime(10_000);
  expect(workers).toHaveLength(1);
});
