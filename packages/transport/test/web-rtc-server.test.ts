import { expect, onTestFinished, test } from 'vitest';
import { WebRtcServer } from '../src/web-rtc-server.js';
import type { WebRtcTransport } from '../src/web-rtc-transport.js';

const OBSERVER = {
  onStateChange: () => undefined,
  onDataChannel: () => undefined,
  onMessage: () => undefined,
  onDataChannelClosed: () => undefined,
};

let seed = 0;
const random = (bytes: number) =>
  Uint8Array.from({ length: bytes }, () => (seed = (seed * 75 + 74) % 65_537));

function createServer(errors: unknown[] = []): WebRtcServer {
  return new WebRtcServer({
    port: 0,
    addresses: ['127.0.0.1'],
    candidates: ['127.0.0.1'],
    now: () => 0,
    wall: () => 0,
    random,
    onError: (error) => errors.push(error),
  });
}

test('a transport that throws, and throws again when it is closed, does not reach the others', () => {
  const errors: unknown[] = [];
  const server = createServer(errors);
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
  server.advertise(['192.0.2.7']);
  expect(advertised(server)).toEqual(['192.0.2.7 30443']);
});

function webRtcServer(candidatePort?: number): WebRtcServer {
  const server = new WebRtcServer({
    port: 0,
    addresses: ['127.0.0.1'],
    candidates: ['192.0.2.1', '2001:db8::1'],
    candidatePort,
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

test('a path that another session took away comes back with the next check', async () => {
  const server = createServer();
  const owners: number[] = [];
  const setPath = server.wire.setPath.bind(server.wire);
  server.wire.setPath = (session, path) => {
    if (owners.at(-1) !== session) owners.push(session);
    setPath(session, path);
  };
  const socket = createSocket('udp4');
  const peers = ['alice', 'bob'].map((ufrag) => {
    const transport = server.createTransport(OBSERVER);
    const local = { ufrag, password: 'a password of the client' };
    transport.setRemote({
      iceUfrag: ufrag,
      icePassword: local.password,
      fingerprint: random(32),
      role: 'server',
    });
    const remote = { ufrag: transport.iceUfrag, password: transport.icePassword };
    return new IceClient({ local, remote, random });
  });
  const check = async (client: IceClient | undefined, now: number) => {
    const answered = once(socket, 'message');
    socket.send(client?.poll(now) ?? '', server.port, '127.0.0.1');
    await answered;
  };
  const [alice, bob] = peers;
  await check(alice, 0);
  await check(bob, 0);
  await check(alice, 5000);
  await check(alice, 10_000);
  expect(owners).toHaveLength(3);
  expect(owners[0]).toBe(owners[2]);
  expect(owners[1]).not.toBe(owners[0]);
  socket.close();
  server.close();
});
