import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import {
  FrameDecoder,
  FrameWriter,
  STUN_BINDING,
  StunAttribute,
  StunBuilder,
  StunClass,
} from '@parley/transport';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { TcpRelay, type TcpRelayOptions } from '../../src/tcp/tcp-relay.js';

/** A media port that answers every STUN message, and notes what else comes. */
class Media {
  readonly received: { packet: Uint8Array; from: RemoteInfo }[] = [];
  answering = true;
  readonly #socket: UdpSocket;

  private constructor(socket: UdpSocket) {
    this.#socket = socket;
    socket.on('message', (packet, from) => {
      this.received.push({ packet: new Uint8Array(packet), from });
      if (this.answering && packet[0] === 0) this.send(ANSWER, from);
    });
  }

  static async open(address = '127.0.0.1'): Promise<Media> {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    const media = new Media(socket);
    onTestFinished(() => media.close());
    return media;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Sources of what was received, each once. */
  get peers(): string[] {
    return [...new Set(this.received.map(({ from }) => `${from.address}:${from.port}`))];
  }

  send(packet: Uint8Array, to: RemoteInfo): void {
    this.#socket.send(packet, to.port, to.address);
  }

  close(): void {
    try {
      this.#socket.close();
    } catch {
      // Closed already, by the test.
    }
  }
}

/** A client over TCP. */
class Client {
  readonly received: Uint8Array[] = [];
  readonly socket: Socket;
  closed = false;
  readonly #decoder = new FrameDecoder(65_535);

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk) =>
      this.#decoder.push(chunk, (frame) => this.received.push(new Uint8Array(frame))),
    );
    socket.on('error', () => undefined);
    socket.on('close', () => (this.closed = true));
    onTestFinished(() => void socket.destroy());
  }

  static async open(port: number, address = '127.0.0.1'): Promise<Client> {
    const socket = connect(port, address);
    const client = new Client(socket);
    await once(socket, 'connect');
    return client;
  }

  send(...packets: Uint8Array[]): void {
    const writer = new FrameWriter();
    for (const packet of packets) writer.add(packet);
    this.socket.write(writer.take());
  }

  /** Sends a check and waits for its answer. */
  async authenticate(): Promise<void> {
    const before = this.received.length;
    this.send(CHECK);
    await until(() => this.received.length > before);
  }
}

const CHECK = new StunBuilder(StunClass.REQUEST, STUN_BINDING, new Uint8Array(12))
  .addString(StunAttribute.USERNAME, 'server:client')
  .finish('password');
const ANSWER = new StunBuilder(StunClass.SUCCESS, STUN_BINDING, new Uint8Array(12)).finish('password');

async function relayTo(media: Media, options: Partial<TcpRelayOptions> = {}) {
  const clock = { now: 0 };
  const relay = new TcpRelay({
    port: 0,
    mediaPort: media.port,
    addresses: ['127.0.0.1'],
    maxConnections: 100,
    maxConnectionsPerAddress: 100,
    now: () => clock.now,
    ...options,
  });
  await relay.listen();
  onTestFinished(() => relay.close());
  const pass = (milliseconds: number): void => {
    clock.now += milliseconds;
    relay.handleTimeout();
  };
  return { relay, pass, clients: (count: number) => openAll(relay.port, count) };
}

function openAll(port: number, count: number): Promise<Client[]> {
  return Promise.all(Array.from({ length: count }, () => Client.open(port)));
}

/** Waits for what sockets bring, not for time. */
function until(condition: () => boolean): Promise<void> {
  return vi.waitFor(() => expect(condition()).toBe(true), { timeout: 10_000, interval: 2 });
}

function packet(size: number, first = 0x80): Uint8Array {
  return new Uint8Array(size).fill(7).fill(first, 0, 1);
}

describe('a client over TCP', () => {
  test('is to media a peer of its own on loopback, whose packets come as they were sent', async () => {
    const media = await Media.open();
    const { relay, clients } = await relayTo(media);
    const [one, two] = (await clients(2)) as [Client, Client];
    one.send(CHECK, packet(1200));
    two.send(CHECK);
    await until(() => media.received.length === 3 && one.received.length === 1 && two.received.length === 1);
    expect(media.peers).toHaveLength(2);
    expect(media.received.map(({ packet: bytes }) => bytes)).toContainEqual(packet(1200));
    expect(relay.counters()).toMatchObject({ connections: 2, accepted: 2, packetsReceived: 3 });
  });

  test('receives what media sends to its peer, in order', async () => {
    const media = await Media.open();
    const { clients } = await relayTo(media);
    const [client] = (await clients(1)) as [Client];
    await client.authenticate();
    const { from } = media.received[0]!;
    const sent = Array.from({ length: 50 }, (_, i) => packet(20 + i * 20));
    for (const bytes of sent) media.send(bytes, from);
    await until(() => client.received.length === 51);
    expect(client.received.slice(1)).toEqual(sent);
  });

  test('is heard whose first check comes byte by byte', async () => {
    const media = await Media.open();
    const { clients } = await relayTo(media);
    const [client] = (await clients(1)) as [Client];
    const writer = new FrameWriter();
    writer.add(CHECK);
    for (const byte of writer.take()) {
      client.socket.write(Uint8Array.of(byte));
      await new Promise(setImmediate);
    }
    await until(() => client.received.length === 1);
  });

  test('over IPv6 is a peer on loopback of IPv6', async () => {
    const media = await Media.open('::1');
    const { relay } = await relayTo(media, { addresses: ['::'] });
    const client = await Client.open(relay.port, '::1');
    await client.authenticate();
    expect(media.received[0]?.from).toMatchObject({ family: 'IPv6', address: '::1' });
  });

  test('of a relay on one address reaches media on that address', async () => {
    const media = await Media.open('127.0.0.2');
    const { relay } = await relayTo(media, { addresses: ['127.0.0.2'] });
    const client = await Client.open(relay.port, '127.0.0.2');
    await client.authenticate();
    expect(media.received).toHaveLength(1);
  });
});

describe('closed is a connection', () => {
  test.each([
    ['that speaks HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['that speaks TLS', Buffer.from('16030100c8010000c40303', 'hex')],
    ['that begins with a packet that is no check', Buffer.from([0, 3, 0x80, 1, 2])],
    ['whose packet is announced too long', Buffer.from([0xff, 0xff, 0])],
  ])('%s', async (_, bytes) => {
    const media = await Media.open();
    const { relay, clients } = await relayTo(media);
    const [client] = (await clients(1)) as [Client];
    client.socket.write(bytes);
    await until(() => client.closed);
    expect(relay.counters()).toMatchObject({ connections: 0, closed: { malformed: 1 } });
    expect(media.received).toEqual([]);
  });

  test('that says nothing for 10 seconds', async () => {
    const { relay, pass, clients } = await relayTo(await Media.open());
    const [client] = (await clients(1)) as [Client];
    await until(() => relay.counters().connections === 1);
    pass(9_999);
    expect(relay.counters().connections).toBe(1);
    pass(1);
    expect(relay.counters()).toMatchObject({ connections: 0, closed: { unauthenticated: 1 } });
    await until(() => client.closed);
  });

  test('whose checks media does not answer for 10 seconds', async () => {
    const media = await Media.open();
    media.answering = false;
    const { relay, pass, clients } = await relayTo(media);
    const [client] = (await clients(1)) as [Client];
    client.send(CHECK, CHECK);
    await until(() => media.received.length === 2);
    pass(10_000);
    expect(relay.counters()).toMatchObject({ connections: 0, closed: { unauthenticated: 1 } });
  });

  test('that media has sent nothing to for a minute, and not before', async () => {
    const media = await Media.open();
    const { relay, pass, clients } = await relayTo(media);
    const [client] = (await clients(1)) as [Client];
    await client.authenticate();
    pass(100);
    pass(59_999);
    await client.authenticate();
    pass(100);
    pass(59_999);
    expect(relay.counters().connections).toBe(1);
    pass(1);
    expect(relay.counters()).toMatchObject({ connections: 0, closed: { idle: 1 } });
  });

  // The system says so once: to whoever sends or receives next.
  test.each([1, 2, 3])(
    'when media is not there any more, known by %s packets that come together',
    async (count) => {
      const media = await Media.open();
      const { relay, clients } = await relayTo(media);
      const [client] = (await clients(1)) as [Client];
      await client.authenticate();
      media.close();
      client.send(...Array.from({ length: count }, () => packet(100)));
      await until(() => client.closed);
      expect(relay.counters()).toMatchObject({ connections: 0, closed: { media: 1 } });
    },
  );

  test('when the client ends it', async () => {
    const { relay, clients } = await relayTo(await Media.open());
    const [one, two] = (await clients(2)) as [Client, Client];
    await one.authenticate();
    await two.authenticate();
    one.socket.end();
    two.socket.resetAndDestroy();
    await until(() => relay.counters().connections === 0);
    expect(relay.counters().closed.peer).toBe(2);
  });
});

describe('too many connections', () => {
  test('of one address are refused until others of it have ended', async () => {
    const { relay, pass, clients } = await relayTo(await Media.open(), { maxConnectionsPerAddress: 3 });
    const opened = await clients(5);
    await until(() => relay.counters().refused.address === 2);
    expect(relay.counters()).toMatchObject({ connections: 3, accepted: 3, refused: { total: 0 } });
    for (const client of opened) client.socket.destroy();
    await until(() => relay.counters().connections === 0);
    pass(1_000);
    const [late] = (await clients(1)) as [Client];
    await late.authenticate();
  });

  test('of one address in a short time are refused, though those before have ended', async () => {
    const { relay, pass, clients } = await relayTo(await Media.open(), { maxConnectionsPerAddress: 3 });
    for (let opened = 0; opened < 5; opened++) {
      const [client] = (await clients(1)) as [Client];
      await until(() => relay.counters().accepted + relay.counters().refused.rate === opened + 1);
      client.socket.destroy();
      await until(() => relay.counters().connections === 0);
    }
    expect(relay.counters()).toMatchObject({ accepted: 3, refused: { rate: 2 } });
    pass(1_000);
    const [late] = (await clients(1)) as [Client];
    await late.authenticate();
  });

  test('of all together are refused', async () => {
    const { relay, clients } = await relayTo(await Media.open(), { maxConnections: 2 });
    await clients(3);
    await until(() => relay.counters().refused.total === 1);
    expect(relay.counters()).toMatchObject({ connections: 2, refused: { address: 0 } });
  });
});

test('a client that does not read loses packets, and what waits for it is bounded', async () => {
  const media = await Media.open();
  const { relay, clients } = await relayTo(media);
  const [slow, other] = (await clients(2)) as [Client, Client];
  await slow.authenticate();
  const { from } = media.received[0]!;
  slow.socket.pause();
  let sent = 0;
  await vi.waitFor(
    () => {
      for (let i = 0; i < 50; i++, sent++) media.send(packet(1200), from);
      expect(relay.counters().droppedSlowReader).toBeGreaterThan(1_000);
    },
    { timeout: 20_000, interval: 2 },
  );
  await other.authenticate();
  slow.socket.resume();
  await until(() => slow.received.length > 100);
  // Whole packets only, of those that were not dropped.
  expect(slow.received.slice(1).every((bytes) => bytes.length === 1200 && bytes[0] === 0x80)).toBe(true);
  expect(slow.received.length).toBeLessThan(sent);
});

test('a client that sends too much is read on from only as time passes', async () => {
  const media = await Media.open();
  const { relay, pass, clients } = await relayTo(media);
  const [client] = (await clients(1)) as [Client];
  await client.authenticate();
  const chunk = Buffer.concat(
    Array.from({ length: 50 }, () => [0x05, 0xdc, ...packet(1500)]).map((bytes) => Buffer.from(bytes)),
  );
  for (let i = 0; i < 200; i++) client.socket.write(chunk);
  await until(() => relay.counters().pauses === 1);
  const before = relay.counters().bytesReceived;
  expect(before).toBeLessThan(9 * 1024 * 1024);
  pass(100);
  await until(() => relay.counters().pauses === 2);
  expect(relay.counters().bytesReceived - before).toBeLessThan(2 * 1024 * 1024);
});

test('before media has answered, a client is read from no more than its checks need', async () => {
  const media = await Media.open();
  media.answering = false;
  const { relay, pass, clients } = await relayTo(media);
  const [client, other] = (await clients(2)) as [Client, Client];
  client.send(CHECK);
  for (let i = 0; i < 80; i++) client.send(packet(1500));
  await until(() => relay.counters().pauses === 1);
  const { bytesReceived, packetsReceived } = relay.counters();
  await until(() => media.received.length === packetsReceived);
  for (let i = 0; i < 50; i++) pass(100);
  media.answering = true;
  await other.authenticate();
  expect(relay.counters().bytesReceived - bytesReceived).toBe(2 + CHECK.length);
});

test('a port that is in use over TCP is said to be', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(relayTo(await Media.open(), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('a relay that is closed has closed every connection, and frees its port', async () => {
  const media = await Media.open();
  const { relay, clients } = await relayTo(media);
  const opened = await clients(3);
  await opened[0]?.authenticate();
  await until(() => relay.counters().connections === 3);
  relay.close();
  relay.close();
  await until(() => opened.every(({ closed }) => closed));
  expect(relay.counters()).toMatchObject({ connections: 0, closed: { shutdown: 3 } });
  await expect(Client.open(relay.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
