import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { IceClient } from '../../src/ice/index.js';
import { STUN_BINDING, StunAttribute, StunBuilder, StunClass } from '../../src/stun/index.js';
import { TransportServer } from '../../src/server/index.js';
import { WebRtcServer } from '../../src/web-rtc/web-rtc-server.js';
import type { WebRtcTransportObserver } from '../../src/web-rtc/web-rtc-transport.js';
import { randomBytes } from '../random.js';

const OBSERVER = {
  onStateChange: () => undefined,
  onDataChannel: () => undefined,
  onMessage: () => undefined,
  onDataChannelClosed: () => undefined,
};

/** A server whose clock stands until it is set, and transports whose peers have checked their path once, at time 0. */
async function checkedTransports(count: number, observer: WebRtcTransportObserver = OBSERVER) {
  const errors: unknown[] = [];
  const clock = { now: 0 };
  const random = randomBytes(1);
  const served = new TransportServer({
    port: 0,
    addresses: ['127.0.0.1'],
    now: () => clock.now,
    random,
    onError: (error) => errors.push(error),
  });
  const server = new WebRtcServer(served, { candidates: [] });
  onTestFinished(() => {
    served.close();
  });
  const transports = Array.from({ length: count }, () => server.createTransport(observer));
  for (const transport of transports) {
    const socket = createSocket('udp4');
    onTestFinished(() => {
      socket.close();
    });
    const client = new IceClient({
      local: { ufrag: 'else', password: 'a password of the client' },
      remote: { ufrag: transport.iceUfrag, password: transport.icePassword },
      random,
    });
    const answered = once(socket, 'message');
    socket.send(client.poll(0) ?? '', server.port, '127.0.0.1');
    await answered;
  }
  /** Time passes; in steps, so that it is not taken for a stall. */
  const pass = (until: number) => {
    while (clock.now < until) {
      clock.now = Math.min(clock.now + 1_000, until);
      served.handleTimeout(clock.now);
    }
  };
  return { served, transports, errors, clock, pass };
}

test('a transport that throws, and throws again when it is closed, does not reach the others', async () => {
  const { served, transports, errors, pass } = await checkedTransports(2);
  const [broken, other] = [transports[0]!, transports[1]!];
  let handled = 0;
  broken.handleTimeout = () => {
    throw new Error('broken');
  };
  const fail = broken.fail.bind(broken);
  broken.fail = () => {
    fail();
    throw new Error('broken still');
  };
  other.handleTimeout = () => (handled += 1);
  pass(10_000);
  expect(handled).toBe(1);
  expect(errors).toEqual([new Error('broken'), new Error('broken still')]);
  expect(served.counters().transportFailures).toBe(1);
});

test('a transport is not asked before something of it is due', async () => {
  const { transports, pass } = await checkedTransports(1);
  const [transport] = [transports[0]!];
  const handled: string[] = [];
  const handleTimeout = transport.handleTimeout.bind(transport);
  transport.handleTimeout = (now) => {
    handled.push(`at ${now}`);
    handleTimeout(now);
  };
  pass(9_000);
  expect(handled).toEqual([]);
  pass(60_000);
  // No check for ten seconds, nor for twenty more; after that there is nothing to wait for.
  expect(handled).toEqual(['at 10000', 'at 30000']);
});

test('a thread that stood still takes no silence for that of the peers', async () => {
  const states: string[] = [];
  const { served, transports, clock, pass } = await checkedTransports(1, {
    ...OBSERVER,
    onStateChange: (state) => states.push(state),
  });
  pass(2_000);
  clock.now = 42_000;
  served.handleTimeout(clock.now);
  pass(49_000);
  expect(states).toEqual([]);
  // From then on time counts again: the last check was two seconds before the thread stood still.
  pass(72_000);
  expect(states).toEqual(['failed']);
  expect(transports[0]!.state).toBe('failed');
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

test('strangers cannot have it send much to a forged address', async () => {
  const { served, server } = servers();
  const { iceUfrag, icePassword } = server.createTransport(OBSERVER);
  const socket = createSocket('udp4');
  onTestFinished(() => {
    socket.close();
  });
  const answers: number[] = [];
  socket.on('message', (message) => answers.push(message.length));
  const ask = (username: string, password?: string) =>
    new StunBuilder(StunClass.REQUEST, STUN_BINDING, new Uint8Array(12))
      .addString(StunAttribute.USERNAME, username)
      .finish(password);
  const unknown = ask('nobody:else');
  const wrong = ask(`${iceUfrag}:else`, 'a wrong password');
  for (let count = 0; count < 100; count++) {
    socket.send(unknown, server.port, '127.0.0.1');
    socket.send(ask(`${iceUfrag}:else`), server.port, '127.0.0.1');
    socket.send(wrong, server.port, '127.0.0.1');
  }
  // What is authentic is answered last, after all that was sent before.
  const client = new IceClient({
    local: { ufrag: 'else', password: 'a password of the client' },
    remote: { ufrag: iceUfrag, password: icePassword },
    random: (bytes) => new Uint8Array(bytes),
  });
  const check = client.poll(0);
  socket.send(check ?? '', server.port, '127.0.0.1');
  const deadline = AbortSignal.timeout(5_000);
  while (!answers.some((length) => length > 60)) await once(socket, 'message', { signal: deadline });
  const errors = answers.filter((length) => length <= 60);
  expect(errors.length).toBeLessThanOrEqual(10);
  for (const length of errors) expect(length).toBeLessThanOrEqual(1.5 * unknown.length);
  expect(served.counted.stunUnknownUsername).toBe(100);
});

test('servers that share a port give their transports user name fragments of their own', () => {
  const first = webRtcServer(undefined, false, { ufragPrefix: 'A' });
  const second = webRtcServer(undefined, false, { ufragPrefix: 'B', port: first.port });
  expect(second.port).toBe(first.port);
  for (const [server, prefix] of [[first, 'A'] as const, [second, 'B'] as const]) {
    const transport = server.createTransport(OBSERVER);
    expect(transport.iceUfrag).toMatch(new RegExp(`^${prefix}.{12}$`));
  }
});

function webRtcServer(
  port?: number,
  tcp = false,
  further: { port?: number; ufragPrefix?: string } = {},
): WebRtcServer {
  return servers(port, tcp, further).server;
}

function servers(port?: number, tcp = false, further: { port?: number; ufragPrefix?: string } = {}) {
  const served = new TransportServer({
    port: 0,
    ...further,
    addresses: ['127.0.0.1'],
    now: () => 0,
    random: (bytes) => new Uint8Array(bytes),
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(() => {
    served.close();
  });
  const candidates = [
    { ip: '192.0.2.1', port },
    { ip: '2001:db8::1', port },
  ];
  return { served, server: new WebRtcServer(served, { candidates, tcp }) };
}

function advertised({ candidates }: WebRtcServer): string[] {
  return candidates.map(({ ip, port }) => `${ip} ${port}`);
}
