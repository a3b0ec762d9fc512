import { ListRoomsResponse, Room } from '@livekit/protocol';
import { createAccessToken } from '@parley/access';
import { LocalRoomDirectory } from '@parley/cluster';
import { counter, gauge, threadMetrics } from '@parley/core';
import type { TwirpRequest } from '@parley/livekit';
import { MEDIA_PROTOCOL_VERSION, type FromMedia, type SignalHttpRequest } from '@parley/node/main-thread';
import { describe, expect, test, vi, onTestFinished } from 'vitest';
import type { LinkListener } from '../../src/media/links.js';
import { LiveKitLinks } from '../../src/media/livekit-links.js';
import { MediaPool } from '../../src/media/media-pool.js';
import type { ThreadStart } from '../../src/media/media-pool.js';

import { FakeWorker, SECRET, silent } from '../support.js';

interface Thread {
  start: ThreadStart;
  worker: FakeWorker;
}

interface Started {
  pool: MediaPool;
  liveKit: LiveKitLinks;
  workers: Thread[];
  directory: LocalRoomDirectory;
}

/** A pool whose workers are ready as soon as they are started, the newest last. */
async function started(threads = 2): Promise<Started> {
  const workers: Thread[] = [];
  const directory = new LocalRoomDirectory({ now: () => 0 });
  const pool = new MediaPool({
    threads,
    port: 0,
    spawn: (start) => {
      const worker = new FakeWorker();
      workers.push({ start, worker });
      queueMicrotask(() => {
        const port = start.port === 0 ? 40_000 : start.port;
        worker.say({ type: 'hello', version: MEDIA_PROTOCOL_VERSION, hello: { port } });
      });
      return worker;
    },
    log: silent,
    directory,
  });
  expect(await pool.start()).toEqual({ port: 40_000 });
  return { pool, liveKit: new LiveKitLinks({ media: pool, wall: () => 0 }), workers, directory };
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

function recorder(): { listener: LinkListener; heard: string[] } {
  const heard: string[] = [];
  const listener: LinkListener = {
    accepted: () => heard.push('accepted'),
    rejected: (status) => heard.push(`rejected ${status}`),
    send: () => undefined,
    close: (code) => heard.push(`close ${code}`),
  };
  return { listener, heard };
}

/** Ids of the links that were opened, and what was wanted. */
function opened({ worker }: Thread): { id: number; payload: unknown }[] {
  return worker.posted.flatMap((posted) =>
    posted.type === 'message' && posted.message.type === 'open' ? [posted.message] : [],
  );
}

/** Questions to fronts. */
function asked({ worker }: Thread): { id: number; payload: unknown }[] {
  return worker.posted.flatMap((posted) =>
    posted.type === 'ask' && posted.question.type === 'front'
      ? [{ id: posted.id, payload: posted.question.payload }]
      : [],
  );
}

function say({ worker }: Thread, message: FromMedia): void {
  worker.say({ type: 'message', message });
}

function call(method: string, body: object): TwirpRequest {
  return {
    path: `/twirp/livekit.RoomService/${method}`,
    contentType: 'application/json',
    authorization: '',
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** Lets what is waiting for the directory happen. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
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
        { type: 'message', message: { type: 'advertise', addresses: [{ ip: '192.0.2.9' }] } },
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
    const numbers = { packets: counter('packets_total', ''), rooms: gauge('rooms', '') };
    for (const { worker } of workers)
      worker.onPost = (message) => {
        if (message.type !== 'ask') return;
        const metrics = threadMetrics(numbers, { packets: 3, rooms: 2 });
        worker.say({ type: 'answer', id: message.id, answer: { type: 'metrics', metrics } });
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
    const { liveKit, workers } = await started();
    const [a, b] = [await joining('a'), await joining('b')];
    for (const request of [a, b, a, b, a]) liveKit.connect(request, recorder().listener);
    await settled();
    expect(workers.map((thread) => opened(thread).map(({ payload }) => payload))).toEqual([
      [a, a, a],
      [b, b],
    ]);
  });

  test('whose tokens name no room are for a thread to refuse', async () => {
    const { liveKit, workers } = await started();
    const { listener, heard } = recorder();
    liveKit.connect({ ...(await joining('')), authorization: 'Bearer nonsense' }, listener);
    await settled();
    const [message] = workers.flatMap((thread) => opened(thread));
    say(workers[0]!, { type: 'refused', id: message?.id ?? 0, status: 401, text: '' });
    expect(heard).toEqual(['rejected 401']);
  });

  test('that were given up still hold the room until the thread has decided', async () => {
    const { liveKit, workers } = await started();
    const request = await joining('a');
    const given = liveKit.connect(request, recorder().listener);
    await settled();
    given.disconnect();
    // The first thread has no connection, but more rooms than the second.
    liveKit.connect(request, recorder().listener);
    await settled();
    expect(opened(workers[0]!)).toHaveLength(2);
    for (const { id } of opened(workers[0]!))
      say(workers[0]!, id === 1 ? { type: 'abandoned', id } : { type: 'refused', id, status: 401, text: '' });
    liveKit.connect(await joining('b'), recorder().listener);
    await settled();
    liveKit.connect(request, recorder().listener);
    await settled();
    expect(opened(workers[1]!)).toHaveLength(1);
  });

  test('that were given up before there was a thread for them reach none, and hold no room', async () => {
    const { liveKit, workers, directory } = await started();
    const { listener, heard } = recorder();
    liveKit.connect(await joining('a'), listener).disconnect();
    await settled();
    expect(workers.flatMap((thread) => opened(thread))).toEqual([]);
    expect(heard).toEqual([]);
    expect(await directory.find('a')).toBeUndefined();
  });

  test('are told to come later when the directory does not answer', async () => {
    const { liveKit, workers, directory } = await started();
    directory.claim = async () => Promise.reject(new Error('unreachable'));
    const { listener, heard } = recorder();
    liveKit.connect(await joining('a'), listener);
    await settled();
    expect(heard).toEqual(['rejected 503']);
    expect((await liveKit.callApi(call('CreateRoom', { name: 'a' }))).status).toBe(503);
    expect(workers.flatMap((thread) => [...opened(thread), ...asked(thread)])).toEqual([]);
  });

  test('are asked about where the room is', async () => {
    const { liveKit, workers } = await started();
    say(workers[1]!, { type: 'room-started', room: 'a' });
    void liveKit.validate(await joining('a'));
    await settled();
    void liveKit.validate(await joining('elsewhere'));
    await settled();
    expect(asked(workers[1]!)).toHaveLength(1);
    expect(asked(workers[0]!)).toHaveLength(1);
  });
});

test('a room that a thread was not renewed for in time, and another began meanwhile, ends on the first', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { liveKit, workers, directory } = await started();
  for (const [thread, room] of ['a', 'b'].entries()) {
    liveKit.connect(await joining(room), recorder().listener);
    await settled();
    say(workers[thread]!, { type: 'room-started', room });
  }
  // As for a process that stood still.
  await directory.leave('thread-0');
  await directory.claim('a', 'thread-1');
  await vi.advanceTimersByTimeAsync(directory.timeToLive / 2);
  await settled();
  const ended = workers.map(({ worker }) =>
    worker.posted.flatMap((posted) =>
      posted.type === 'message' && posted.message.type === 'end-room' ? [posted.message.room] : [],
    ),
  );
  expect(ended).toEqual([['a'], []]);
  expect(await directory.find('b')).toMatchObject({ node: 'thread-1' });
});

describe('calls of the server API', () => {
  const answer = (body: object): { status: number; contentType: string; body: Uint8Array } => ({
    status: 200,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(body)),
  });

  test('go to the thread that has the room', async () => {
    const { liveKit, workers } = await started();
    say(workers[1]!, { type: 'room-started', room: 'a' });
    void liveKit.callApi(call('DeleteRoom', { room: 'a' }));
    await settled();
    expect(asked(workers[1]!)).toHaveLength(1);
    say(workers[1]!, { type: 'room-finished', room: 'a' });
  });

  test('that make rooms spread them', async () => {
    const { liveKit, workers } = await started();
    for (const name of ['a', 'b', 'c', 'd']) void liveKit.callApi(call('CreateRoom', { name }));
    await settled();
    expect(workers.map((thread) => asked(thread).length)).toEqual([2, 2]);
  });

  test('that list rooms get those of all threads', async () => {
    const { liveKit, workers } = await started();
    workers.forEach(({ worker }, index) => {
      worker.onPost = (message) => {
        if (message.type !== 'ask') return;
        const payload = answer({ rooms: [{ name: `r${index}` }] });
        worker.say({ type: 'answer', id: message.id, answer: { type: 'front', payload } });
      };
    });
    const { status, body } = await liveKit.callApi(call('ListRooms', {}));
    expect(status).toBe(200);
    const { rooms } = ListRoomsResponse.fromJsonString(Buffer.from(body).toString());
    expect(rooms).toEqual([new Room({ name: 'r0' }), new Room({ name: 'r1' })]);
  });

  test('that are malformed are for a thread to refuse', async () => {
    const { liveKit, workers } = await started();
    void liveKit.callApi({ ...call('CreateRoom', {}), body: Buffer.from('{') });
    await settled();
    expect(workers.flatMap((thread) => asked(thread))).toHaveLength(1);
  });
});

describe('when a thread dies', () => {
  test('its clients come back to another one, and nobody else notices', async () => {
    stopTheClock();
    const { liveKit, pool, workers } = await started();
    const [a, b] = [recorder(), recorder()];
    liveKit.connect(await joining('a'), a.listener);
    await settled();
    liveKit.connect(await joining('b'), b.listener);
    await settled();
    const [first, second] = [workers[0]!, workers[1]!];
    say(first, { type: 'room-started', room: 'a' });
    Atomics.store(first.start.roomCounts, 0, 1);
    for (const thread of [first, second]) say(thread, { type: 'opened', id: opened(thread)[0]?.id ?? 0 });

    first.worker.exit(1);
    expect(a.heard).toEqual(['accepted', 'close 1012']);
    expect(b.heard).toEqual(['accepted']);
    expect(pool.ready).toBe(true);
    expect([...first.start.roomCounts]).toEqual([0, 0]);
    liveKit.connect(await joining('a'), recorder().listener);
    await settled();
    expect(opened(second)).toHaveLength(2);

    await vi.advanceTimersByTimeAsync(250);
    expect(workers[2]?.start).toMatchObject({ thread: 0, port: 40_000, ufragPrefix: 'A' });
    liveKit.connect(await joining('c'), recorder().listener);
    await settled();
    expect(opened(workers[2]!)).toHaveLength(1);
  });

  test('the list of rooms is that of the others', async () => {
    stopTheClock();
    const { liveKit, workers } = await started();
    workers[0]!.worker.exit(1);
    const rooms = liveKit.callApi(call('ListRooms', {}));
    const [question] = asked(workers[1]!);
    const response = { status: 200, contentType: 'application/json', body: Buffer.from('{"rooms":[]}') };
    workers[1]!.worker.say({
      type: 'answer',
      id: question?.id ?? 0,
      answer: { type: 'front', payload: response },
    });
    expect((await rooms).status).toBe(200);
  });

  test('and no other is left, it says so', async () => {
    stopTheClock();
    const { liveKit, pool, workers } = await started();
    for (const { worker } of [...workers]) worker.exit(1);
    expect(pool.ready).toBe(false);
    const { listener, heard } = recorder();
    liveKit.connect(await joining('a'), listener);
    await settled();
    expect(heard).toEqual(['rejected 503']);
    expect((await liveKit.validate(await joining('a'))).status).toBe(503);
    expect((await liveKit.callApi(call('ListRooms', {}))).status).toBe(503);
  });
});
