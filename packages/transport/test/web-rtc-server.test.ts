import { expect, onTestFinished, test } from 'vitest';
import { WebRtcServer } from '../src/web-rtc-server.js';
import type { WebRtcTransport } from '../src/web-rtc-transport.js';

const OBSERVER = {
  onStateChange: () => undefined,
  onDataChannel: () => undefined,
  onMessage: () => undefined,
  onDataChannelClosed: () => undefined,
};

test('a transport that throws, and throws again when it is closed, does not reach the others', () => {
  const errors: unknown[] = [];
  const server = new WebRtcServer({
    port: 0,
    addresses: ['127.0.0.1'],
    candidates: [{ ip: '127.0.0.1' }],
    now: () => 0,
    wall: () => 0,
    random: (bytes) => new Uint8Array(bytes).fill(errors.length),
    onError: (error) => errors.push(error),
  });
  const broken: WebRtcTransport = server.createTransport(OBSERVER);
  const other = server.createTransport(OBSERVER);
  let handled = 0;
  broken.handleTimers = () => {
    throw new Error('broken');
  };
  const fail = broken.fail.bind(broken);
  broken.fail = () => {
    throw new Error('broken still');
  };
  other.handleTimers = () => (handled += 1);
  server.handleTimers(1);
  expect(handled).toBe(1);
  expect(errors).toEqual([new Error('broken'), new Error('broken still')]);
  fail();
  server.close();
});

test('advertises its addresses with the port that it got', () => {
  const server = webRtcServer();
  expect(server.port).toBeGreaterThan(0);
  expect(advertised(server)).toEqual([`192.0.2.1 ${server.port}`, `2001:db8::1 ${server.port}`]);
});

test('advertises another port, and from then on other addresses, when told to', () => {
  const server = webRtcServer(30_443);
  expect(advertised(server)).toEqual(['192.0.2.1 30443', '2001:db8::1 30443']);
  server.advertise([{ ip: '192.0.2.7', port: 30_444 }, { ip: '192.0.2.8' }]);
  expect(advertised(server)).toEqual(['192.0.2.7 30444', `192.0.2.8 ${server.port}`]);
});

test('advertises each address over TCP too, after all over UDP, when media is taken so', () => {
  const server = webRtcServer(30_443, true);
  const protocols = (): string[] => server.candidates.map(({ protocol, ip }) => `${protocol} ${ip}`);
  expect(protocols()).toEqual(['udp 192.0.2.1', 'udp 2001:db8::1', 'tcp 192.0.2.1', 'tcp 2001:db8::1']);
  server.advertise([{ ip: '192.0.2.7', port: 30_444 }]);
  expect(protocols()).toEqual(['udp 192.0.2.7', 'tcp 192.0.2.7']);
  expect(advertised(server)).toEqual(['192.0.2.7 30444', '192.0.2.7 30444']);
});

function webRtcServer(port?: number, tcp = false): WebRtcServer {
  const server = new WebRtcServer({
    port: 0,
    tcp,
    addresses: ['127.0.0.1'],
    candidates: [
      { ip: '192.0.2.1', port },
      { ip: '2001:db8::1', port },
    ],
    now: () => 0,
    wall: () => 0,
    random: (bytes) => new Uint8Array(bytes),
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(() => {
    server.close();
  });
  return server;
}

function advertised({ candidates }: WebRtcServer): string[] {
  return candidates.map(({ ip, port }) => `${ip} ${port}`);
}
