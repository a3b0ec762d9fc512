import { once } from 'node:events';
import type { TcpWorkerData } from '@parley/node/main-thread';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { loadApiKeys } from '../src/auth/api-keys.js';
import type { MediaWorkerData } from '../src/media/media-worker-data.js';
import { ParleyServer } from '../src/server.js';
import { FakeTcpWorker } from './media/fake-tcp-worker.js';
import { FakeWorker, silent, testConfig, webRoot } from './support.js';

/** A server with one client in a call. Its media thread lets everybody in and, told to stop, ends the connections. */
async function start(graceSeconds: string) {
  const config = testConfig({ PARLEY_HTTP_PORT: '0', PARLEY_SHUTDOWN_GRACE_SECONDS: graceSeconds });
  const worker = new FakeWorker();
  worker.onPost = (message) => {
    queueMicrotask(() => {
      if (message.type === 'message' && message.message.type === 'open') {
        worker.say({ type: 'message', message: { type: 'opened', id: message.message.id } });
      }
      if (message.type === 'shutdown') worker.exit(0);
    });
  };
  const server = new ParleyServer({
    config,
    keys: loadApiKeys(config),
    log: silent,
    webRoot: webRoot(),
    spawnMedia: () => {
      queueMicrotask(() => {
        worker.getReady(8443);
      });
      return worker;
    },
  });
  const address = (await server.start()) ?? '';
  const client = new WebSocket(`${address.replace('http', 'ws')}/rtc/v1`);
  onTestFinished(async () => {
    client.terminate();
    await server.close();
  });
  await once(client, 'open');
  const posted = () => worker.posted.map(({ type }) => type);
  const told = () => posted().includes('shutdown');
  return { server, address, client, posted, told };
}

/** Only this clock stands still: sockets go on. */
function stopTheClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

describe('a server that is told to stop while a call is on', { timeout: 30_000 }, () => {
  test('is not ready and begins no further call, but leaves this one alone', async () => {
    const { server, address, client, posted, told } = await start('600');
    const closed = server.close();
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
    expect((await fetch(`${address}/rtc/v1/validate`)).status).toBe(503);
    expect(posted()).toContain('drain');
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect(client.readyState).toBe(WebSocket.OPEN);
    expect(told()).toBe(false);
    client.close();
    await closed;
  });

  test('lets clients come back to it, and ends as soon as the last one has left', async () => {
    const { server, address, client, told } = await start('600');
    const closed = server.close();
    const back = new WebSocket(`${address.replace('http', 'ws')}/rtc/v1`);
    await once(back, 'open');
    client.close();
    expect(told()).toBe(false);
    back.close();
    await closed;
    expect(told()).toBe(true);
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  });

  test.each([600, 86_400])('has the clients told when the grace of %i s is over', async (grace) => {
    const { server, client, told } = await start(String(grace));
    stopTheClock();
    const gone = once(client, 'close');
    const closed = server.close();
    await vi.advanceTimersByTimeAsync(grace * 1_000 - 1);
    expect(told()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(told()).toBe(true);
    expect((await gone)[0]).toBe(1012);
    await closed;
  });

  test('with no grace has them told at once', async () => {
    const { server, told } = await start('0');
    const closed = server.close();
    expect(told()).toBe(true);
    await closed;
  });
});

test('a server that is told to stop while it starts opens no port, and ends', async () => {
  const config = testConfig({ PARLEY_HTTP_PORT: '0' });
  const worker = new FakeWorker();
  worker.onPost = ({ type }) => {
    if (type === 'shutdown') worker.exit(0);
  };
  let spawned = false;
  const server = new ParleyServer({
    config,
    keys: loadApiKeys(config),
    log: silent,
    webRoot: webRoot(),
    spawnMedia: () => {
      spawned = true;
      return worker;
    },
  });
  const address = server.start();
  await vi.waitFor(() => expect(spawned).toBe(true));
  const closed = server.close();
  worker.getReady(8443);
  expect(await address).toBeUndefined();
  await closed;
});

describe('media over TCP', () => {
  /** A server whose media got port 50000, with what its threads are started with. */
  function create(environment: Record<string, string>) {
    const config = testConfig({ PARLEY_HTTP_PORT: '0', PARLEY_SHUTDOWN_GRACE_SECONDS: '0', ...environment });
    const media = new FakeWorker();
    media.onPost = ({ type }) => {
      if (type === 'shutdown') media.exit(0);
    };
    const tcp = new FakeTcpWorker();
    const started: { media: MediaWorkerData[]; tcp: TcpWorkerData[] } = { media: [], tcp: [] };
    const server = new ParleyServer({
      config,
      keys: loadApiKeys(config),
      log: silent,
      webRoot: webRoot(),
      spawnMedia: (data) => {
        started.media.push(data);
        queueMicrotask(() => {
          media.getReady(50_000);
        });
        return media;
      },
      spawnTcp: (data) => {
        started.tcp.push(data);
        return tcp;
      },
    });
    onTestFinished(() => server.close());
    return { server, media, tcp, started };
  }

  test('is on the port that media got over UDP, with the limits of the configuration', async () => {
    const { server, tcp, started } = create({
      PARLEY_MEDIA_TCP: 'on',
      PARLEY_MEDIA_BIND: '127.0.0.1',
      PARLEY_LIMITS_TCP_CONNECTIONS: '20',
      PARLEY_LIMITS_TCP_CONNECTIONS_PER_ADDRESS: '10',
    });
    const start = server.start();
    await vi.waitFor(() => expect(started.tcp).toHaveLength(1));
    tcp.getReady();
    await start;
    expect(started.tcp).toEqual([
      { port: 50_000, bind: ['127.0.0.1'], maxConnections: 20, maxConnectionsPerAddress: 10 },
    ]);
    expect(started.media[0]?.node.tcp).toBe(true);
    await server.close();
    expect(tcp.terminated).toBe(true);
  });

  test('that cannot be had keeps the server from starting', async () => {
    const { server, tcp, started } = create({ PARLEY_MEDIA_TCP: 'on' });
    const start = server.start();
    await vi.waitFor(() => expect(started.tcp).toHaveLength(1));
    tcp.die('listen EADDRINUSE', 'EADDRINUSE');
    await expect(start).rejects.toThrow(/^TCP port 50000 of media is in use: /);
  });

  test('is neither there nor advertised when it is off', async () => {
    const { server, started } = create({ PARLEY_MEDIA_TCP: 'off' });
    await server.start();
    expect(started.tcp).toEqual([]);
    expect(started.media[0]?.node.tcp).toBe(false);
  });

  test('finds media again on its port when the media thread has died', async () => {
    const { server, media, started } = create({ PARLEY_MEDIA_PORT: '0' });
    await server.start();
    media.exit(1);
    await vi.waitFor(() => expect(started.media).toHaveLength(2));
    expect(started.media.map(({ node }) => node.port)).toEqual([0, 50_000]);
  });
});
