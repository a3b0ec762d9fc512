import { once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { loadApiKeys } from '../src/auth/api-keys.js';
import { ParleyServer } from '../src/server.js';
import { FakeWorker, silent, testConfig, webRoot } from './support.js';

/** A server with one client in a call. Its media thread lets everybody in and, told to stop, ends the connections. */
async function start(graceSeconds: string) {
  const config = testConfig({ PARLEY_HTTP_PORT: '0', PARLEY_SHUTDOWN_GRACE_SECONDS: graceSeconds });
  const worker = new FakeWorker();
  worker.onPost = (message) => {
    queueMicrotask(() => {
      if (message.type === 'connect') worker.say({ type: 'accepted', id: message.id });
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
        worker.say({ type: 'ready', port: 8443, fingerprint: 'AA' });
      });
      return worker;
    },
  });
  const address = await server.start();
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

  test('has the clients told when the grace is over', async () => {
    const { server, client, told } = await start('600');
    stopTheClock();
    const gone = once(client, 'close');
    const closed = server.close();
    await vi.advanceTimersByTimeAsync(599_999);
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
