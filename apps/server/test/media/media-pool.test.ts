import { ListRoomsResponse, Room } from '@livekit/protocol';
import { createAccessToken } from '@parley/livekit';
import { describe, expect, test, vi, onTestFinished } from 'vitest';
import type { SignalListener } from '../../src/media/media-front.js';
import { MediaPool } from '../../src/media/media-pool.js';
import type { ThreadStart } from '../../src/media/media-pool.js';
import type { SignalHttpRequest, ToMedia } from '../../src/media/messages.js';
import { counter, gauge } from '../../src/media/thread-metric.js';
import { FakeWorker, SECRET, silent } from '../support.js';

interface Thread {
  start: ThreadStart;
  worker: FakeWorker;
}

/** A pool whose workers are ready as soon as they are started, the newest last. */
async function started(threads = 2): Promise<{ pool: MediaPool; workers: Thread[] }> {
  const workers: Thread[] = [];
  const pool = new MediaPool({
    threads,
    port: 0,
    spawn: (start) => {
      const worker = new FakeWorker();
      workers.push({ start, worker });
      queueMicrotask(() => {
        worker.say({ type: 'ready', port: start.port === 0 ? 40_000 : start.port, fingerprint: '' });
      });
      return worker;
    },
    log: silent,
  });
  expect(await pool.start()).toEqual({ port: 40_000 });
  return { pool, workers };
}

async function joining(room: string): Promise<SignalHttpRequest> {
  const token = await createAccessToken({
    apiKey: 'key',
    secret: SECRET,
    identity: 'alice',
    video: { room, roomJoin: true },
    lifetime: 60,
    wall: Date.now(),
  });
  return { path: 'v1', query: '', authorization: `Bearer ${token}`, userAgent: '', address: '192.0.2.1' };
}

function recorder(): { listener: SignalListener; heard: string[] } {
  const heard: string[] = [];
  const listener: SignalListener = {
    accepted: () => heard.push('accepted'),
    rejected: (status) => heard.push(`rejected ${status}`),
    send: () => undefined,
    close: (code) => heard.push(`close ${code}`),
  };
  return { listener, heard };
}

function posted<T extends ToMedia['type']>({ worker }: Thread, type: T): Extract<ToMedia, { type: T }>[] {
  return worker.posted.filter((message): message is Extract<ToMedia, { type: T }> => message.type === type);
}

function call(method: string, body: object): Parameters<MediaPool['callApi']>[0] {
  return {
    path: `/twirp/livekit.RoomService/${method}`,
    contentType: 'application/json',
    authorization: '',
    body: Buffer.from(JSON.stringify(body)),
  };
}

function stopTheClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

describe('the threads', () => {
  test('get the port that the first one got, and a prefix of their own', async () => {
    const { workers } = await started(3);
    expect(workers.map(({ start }) => [start.thread, start.port, start.ufragPrefix])).toEqual([
      [0, 0, 'A'],
      [1, 40_000, 'B'],
      [2, 40_000, 'C'],
    ]);
  });

  test('all hear what is for all of them', async () => {
    const { pool, workers } = await started();
    pool.advertise([{ ip: '192.0.2.9' }]);
    pool.drain();
    for (const { worker } of workers)
      expect(worker.posted).toEqual([
        { type: 'advertise', addresses: [{ ip: '192.0.2.9' }] },
        { type: 'drain' },
      ]);
    for (const { worker } of workers)
      worker.onPost = ({ type }) => {
        if (type === 'shutdown') worker.exit(0);
      };
    await pool.close(1_000);
    expect(pool.ready).toBe(false);
  });

  test('add up in the metrics, those that have died among them', async () => {
    stopTheClock();
    const { pool, workers } = await started();
    for (const { worker } of workers)
      worker.onPost = (message) => {
        if (message.type !== 'metrics') return;
        const metrics = [counter('packets_total', '', 3), gauge('rooms', '', 2)];
        worker.say({ type: 'metrics', id: message.id, metrics });
      };
    const sums = async (): Promise<Record<string, number>> => {
      const all: Record<string, number> = {};
      for (const { name, values } of await pool.metrics())
        all[name] = (all[name] ?? 0) + (values[0]?.value ?? 0);
      return all;
    };
    expect(await sums()).toEqual({
      packets_total: 6,
      rooms: 4,
      parley_media_threads: 2,
      parley_media_threads_ended_total: 0,
    });
    workers[0]!.worker.exit(1);
    expect(await sums()).toEqual({
      packets_total: 6,
      rooms: 2,
      parley_media_threads: 1,
      parley_media_threads_ended_total: 1,
    });
  });
});

describe('connections', () => {
  test('to one room go to one thread, also those that come before the first is let in', async () => {
    const { pool, workers } = await started();
    const [a, b] = [await joining('a'), await joining('b')];
    for (const request of [a, b, a, b, a]) pool.connect(request, recorder().listener);
    expect(
      workers.map((thread) => posted(thread, 'connect').map(({ authorization }) => authorization)),
    ).toEqual([
      [a, a, a].map(({ authorization }) => authorization),
      [b, b].map(({ authorization }) => authorization),
    ]);
  });

  test('whose tokens name no room are for a thread to refuse', async () => {
    const { pool, workers } = await started();
    const { listener, heard } = recorder();
    pool.connect({ ...(await joining('')), authorization: 'Bearer nonsense' }, listener);
    const [message] = workers.flatMap((thread) => posted(thread, 'connect'));
    workers[0]?.worker.say({ type: 'rejected', id: message?.id ?? 0, status: 401, text: '' });
    expect(heard).toEqual(['rejected 401']);
  });

  test('that were given up still hold the room until the thread has decided', async () => {
    const { pool, workers } = await started();
    const request = await joining('a');
    pool.connect(request, recorder().listener).disconnect();
    // The first thread has no connection, but more rooms than the second.
    pool.connect(request, recorder().listener);
    expect(posted(workers[0]!, 'connect')).toHaveLength(2);
    for (const { id } of posted(workers[0]!, 'connect'))
      workers[0]!.worker.say({ type: id === 1 ? 'abandoned' : 'rejected', id, status: 401, text: '' });
    pool.connect(await joining('b'), recorder().listener);
    pool.connect(request, recorder().listener);
    expect(posted(workers[1]!, 'connect')).toHaveLength(1);
  });

  test('are asked about where the room is', async () => {
    const { pool, workers } = await started();
    workers[1]!.worker.say({ type: 'room-started', room: 'a' });
    void pool.validate(await joining('a'));
    void pool.validate(await joining('elsewhere'));
    expect(posted(workers[1]!, 'validate')).toHaveLength(1);
    expect(posted(workers[0]!, 'validate')).toHaveLength(1);
  });
});

describe('calls of the server API', () => {
  const answer = (body: object): { status: number; contentType: string; body: Uint8Array } => ({
    status: 200,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(body)),
  });

  test('go to the thread that has the room', async () => {
    const { pool, workers } = await started();
    workers[1]!.worker.say({ type: 'room-started', room: 'a' });
    void pool.callApi(call('DeleteRoom', { room: 'a' }));
    expect(posted(workers[1]!, 'call-api')).toHaveLength(1);
    workers[1]!.worker.say({ type: 'room-finished', room: 'a' });
  });

  test('that make rooms spread them', async () => {
    const { pool, workers } = await started();
    for (const name of ['a', 'b', 'c', 'd']) void pool.callApi(call('CreateRoom', { name }));
    expect(workers.map((thread) => posted(thread, 'call-api').length)).toEqual([2, 2]);
  });

  test('that list rooms get those of all threads', async () => {
    const { pool, workers } = await started();
    workers.forEach(({ worker }, index) => {
      worker.onPost = (message) => {
        if (message.type !== 'call-api') return;
        worker.say({
          type: 'api-answer',
          id: message.id,
          response: answer({ rooms: [{ name: `r${index}` }] }),
        });
      };
    });
    const { status, body } = await pool.callApi(call('ListRooms', {}));
    expect(status).toBe(200);
    const { rooms } = ListRoomsResponse.fromJsonString(Buffer.from(body).toString());
    expect(rooms).toEqual([new Room({ name: 'r0' }), new Room({ name: 'r1' })]);
  });

  test('that are malformed are for a thread to refuse', async () => {
    const { pool, workers } = await started();
    void pool.callApi({ ...call('CreateRoom', {}), body: Buffer.from('{') });
    expect(workers.flatMap((thread) => posted(thread, 'call-api'))).toHaveLength(1);
  });
});

describe('when a thread dies', () => {
  test('its clients come back to another one, and nobody else notices', async () => {
    stopTheClock();
    const { pool, workers } = await started();
    const [a, b] = [recorder(), recorder()];
    pool.connect(await joining('a'), a.listener);
    pool.connect(await joining('b'), b.listener);
    const [first, second] = [workers[0]!, workers[1]!];
    first.worker.say({ type: 'room-started', room: 'a' });
    Atomics.store(first.start.roomCounts, 0, 1);
    for (const thread of [first, second])
      thread.worker.say({ type: 'accepted', id: posted(thread, 'connect')[0]?.id ?? 0 });

    first.worker.exit(1);
    expect(a.heard).toEqual(['accepted', 'close 1012']);
    expect(b.heard).toEqual(['accepted']);
    expect(pool.ready).toBe(true);
    expect([...first.start.roomCounts]).toEqual([0, 0]);
    pool.connect(await joining('a'), recorder().listener);
    expect(posted(second, 'connect')).toHaveLength(2);

    await vi.advanceTimersByTimeAsync(250);
    expect(workers[2]?.start).toMatchObject({ thread: 0, port: 40_000, ufragPrefix: 'A' });
    pool.connect(await joining('c'), recorder().listener);
    expect(posted(workers[2]!, 'connect')).toHaveLength(1);
  });

  test('the list of rooms is that of the others', async () => {
    stopTheClock();
    const { pool, workers } = await started();
    workers[0]!.worker.exit(1);
    const rooms = pool.callApi(call('ListRooms', {}));
    const [question] = posted(workers[1]!, 'call-api');
    const response = { status: 200, contentType: 'application/json', body: Buffer.from('{"rooms":[]}') };
    workers[1]!.worker.say({ type: 'api-answer', id: question?.id ?? 0, response });
    expect((await rooms).status).toBe(200);
  });

  test('and no other is left, it says so', async () => {
    stopTheClock();
    const { pool, workers } = await started();
    for (const { worker } of [...workers]) worker.exit(1);
    expect(pool.ready).toBe(false);
    const { listener, heard } = recorder();
    pool.connect(await joining('a'), listener);
    await Promise.resolve();
    expect(heard).toEqual(['rejected 503']);
    expect((await pool.validate(await joining('a'))).status).toBe(503);
    expect((await pool.callApi(call('ListRooms', {}))).status).toBe(503);
  });
});
