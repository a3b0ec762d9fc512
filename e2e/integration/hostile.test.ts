import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AddTrackRequest, SessionDescription, SignalRequest, TrackType } from '@livekit/protocol';
import type { Track } from '@livekit/rtc-node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { freshRoom, subscribedTrack, useParticipants } from '../support/participants.js';
import { SeededRandom } from '../support/random.js';
import { useServer } from '../support/server.js';
import { joinRequest, upgrade } from '../support/signal.js';
import { listen, useTones } from '../support/tone.js';
import { pause, waitFor } from '../support/wait.js';

const server = useServer();
const join = useParticipants(server);
const tone = useTones();
const random = new SeededRandom(20_261_120);
const sockets: (Socket | WebSocket)[] = [];
let heardByBob: Track;

beforeEach(async () => {
  const room = freshRoom();
  const [alice, bob] = await Promise.all([join(room, 'alice'), join(room, 'bob')]);
  const sent = tone(440);
  await sent.publish(alice);
  heardByBob = await subscribedTrack(bob, 'alice', sent.name);
});

afterEach(() => {
  for (const socket of sockets.splice(0)) {
    if ('terminate' in socket) socket.terminate();
    else socket.destroy();
  }
});

/** What every test here ends with: the call of the others goes on, and the server answers. */
async function expectTheCallToGoOn(): Promise<void> {
  await waitFor('the tone of 440 Hz being heard clearly', async () => {
    const heard = await listen(heardByBob, 0.5, 0.5);
    return Math.abs(heard.frequency - 440) <= 5 && heard.amplitude > 0.3;
  });
  expect((await fetch(`${server().url}/healthz`)).status).toBe(200);
  expect(server().running).toBe(true);
}

/** A signalling connection with a good token, which then misbehaves. */
async function openSignal(): Promise<WebSocket> {
  const token = await server().token({ identity: 'mallory', grant: { roomJoin: true, room: freshRoom() } });
  const { socket, status } = await upgrade(server().webSocketUrl, { token });
  if (socket === undefined) throw new Error(`The upgrade was answered with ${status}.`);
  sockets.push(socket);
  return socket;
}

async function openTcp(): Promise<Socket> {
  const socket = connect(server().httpPort, 'localhost');
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

describe('at the media port', () => {
  const DROPPED = /^parley_packets_dropped_total/;

  /** Sends in small groups, so that the kernel's buffer does not drop what should be judged. */
  async function sendDatagrams(count: number, make: (index: number) => Uint8Array): Promise<void> {
    const socket = createSocket('udp4');
    for (let i = 0; i < count; i += 1) {
      socket.send(make(i), server().mediaPort, '127.0.0.1');
      if (i % 100 === 99) await pause(5);
    }
    socket.close();
  }

  test('10,000 random datagrams are dropped and counted', async () => {
    const before = await server().metric(DROPPED);
    await sendDatagrams(10_000, () => random.bytes(1 + random.below(1_400)));
    await expectTheCallToGoOn();
    await waitFor('the counters', async () => (await server().metric(DROPPED)) - before >= 9_000);
  });

  test('datagrams that begin like STUN, DTLS, TURN, RTP and RTCP are dropped and counted', async () => {
    const before = await server().metric(DROPPED);
    await sendDatagrams(4_000, (i) => {
      const datagram = random.bytes(12 + random.below(1_200));
      datagram[0] = [0, 1, 22, 64, 128, 144, 191][i % 7]!;
      if (i % 7 > 3) datagram[1] = [96, 111, 200, 201, 205, 206][i % 6]!;
      return datagram;
    });
    await expectTheCallToGoOn();
    await waitFor('the counters', async () => (await server().metric(DROPPED)) - before >= 3_500);
  });

  test('STUN messages with changed bytes and made-up users get nobody in', async () => {
    const request = bindingRequest('someone:else');
    await sendDatagrams(5_000, (i) => (i % 5 === 0 ? request : random.mutate(request)));
    await expectTheCallToGoOn();
  });
});

describe('in the signalling connection', () => {
  const DROPPED = /^parley_input_drops_total/;

  test('binary frames of random bytes are counted and harm nobody else', async () => {
    const before = await server().metric(DROPPED);
    for (let connection = 0; connection < 5; connection += 1) {
      const socket = await openSignal();
      for (let i = 0; i < 200; i += 1) socket.send(random.bytes(random.below(2_000)));
    }
    await expectTheCallToGoOn();
    expect((await server().metric(DROPPED)) - before).toBeGreaterThanOrEqual(5);
  });

  test('text frames of garbage harm nobody else', async () => {
    const texts = [
      '',
      '{',
      'null',
      '[]',
      '"text"',
      '{"offer":1}',
      '{"offer":{"sdp":null}}',
      '{"unknown":{}}',
      '\u0000',
    ];
    const socket = await openSignal();
    for (let i = 0; i < 200; i += 1) socket.send(texts[i % texts.length]!);
    await expectTheCallToGoOn();
  });

  test('valid messages with changed bytes harm nobody else', async () => {
    const valid = [
      new SignalRequest({ message: { case: 'pingReq', value: { timestamp: 1n, rtt: 1n } } }),
      new SignalRequest({ message: { case: 'mute', value: { sid: 'TR_none', muted: true } } }),
      new SignalRequest({
        message: { case: 'subscription', value: { trackSids: ['TR_none'], subscribe: true } },
      }),
      new SignalRequest({
        message: {
          case: 'addTrack',
          value: new AddTrackRequest({ cid: 'c', name: 'n', type: TrackType.VIDEO }),
        },
      }),
      new SignalRequest({
        message: {
          case: 'offer',
          value: new SessionDescription({ type: 'offer', sdp: 'v=0\r\no=- 1 1 IN IP4 0\r\n' }),
        },
      }),
    ].map((request) => request.toBinary());
    for (let connection = 0; connection < 10; connection += 1) {
      const socket = await openSignal();
      for (let i = 0; i < 100; i += 1) socket.send(random.mutate(valid[i % valid.length]!));
    }
    await expectTheCallToGoOn();
  });

  test.each([
    ['empty', ''],
    ['garbage', 'this is no session description'],
    ['of 10,000 attributes', `v=0\r\n${'a=x\r\n'.repeat(10_000)}`],
    ['of 2,000 sections', `v=0\r\n${'m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'.repeat(2_000)}`],
  ])('an offer that is %s harms nobody else', async (_, sdp) => {
    const socket = await openSignal();
    const offer = new SignalRequest({
      message: { case: 'offer', value: new SessionDescription({ type: 'offer', sdp, id: 1 }) },
    });
    for (let i = 0; i < 5; i += 1) socket.send(offer.toBinary());
    await expectTheCallToGoOn();
  });

  test('a frame larger than is allowed closes the connection', async () => {
    const socket = await openSignal();
    const closed = once(socket, 'close');
    socket.send(Buffer.alloc(3 * 1_024 * 1_024));
    expect((await closed)[0]).toBe(1009);
    await expectTheCallToGoOn();
  });

  test('a flood of messages harms nobody else', async () => {
    const socket = await openSignal();
    const ping = new SignalRequest({
      message: { case: 'pingReq', value: { timestamp: 1n, rtt: 1n } },
    }).toBinary();
    for (let i = 0; i < 20_000; i += 1) socket.send(ping);
    await expectTheCallToGoOn();
  });

  test('connections that end without a word are forgotten', async () => {
    for (let i = 0; i < 50; i += 1) (await openSignal()).terminate();
    await expectTheCallToGoOn();
  });
});

describe('at the HTTP port', () => {
  test('upgrades that stop half way keep nobody out', async () => {
    for (let i = 0; i < 200; i += 1) {
      const socket = await openTcp();
      socket.write(`GET /rtc/v1?join_request=${joinRequest()} HTTP/1.1\r\nHost: localhost\r\nUpgrade: webs`);
    }
    await expectTheCallToGoOn();
    const room = freshRoom();
    expect((await join(room, 'late')).isConnected).toBe(true);
  });

  test.each([
    ['no key', 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13'],
    [
      'a bad key',
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x',
    ],
    [
      'a version of its own',
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ],
    ['another protocol', 'Upgrade: h2c\r\nConnection: Upgrade'],
  ])('an upgrade with %s is answered with an error', async (_, headers) => {
    const socket = await openTcp();
    socket.write(`GET /rtc/v1 HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 4\d\d /);
    await expectTheCallToGoOn();
  });

  test('bytes that are no HTTP are counted and harm nobody else', async () => {
    const before = await server().metric(/^parley_http_malformed_requests_total/);
    for (let i = 0; i < 100; i += 1) (await openTcp()).write(random.bytes(1 + random.below(4_000)));
    for (const line of [
      'GET',
      'GET /\u0000 HTTP/1.1',
      'NONSENSE / HTTP/9.9',
      `GET /${'a'.repeat(100_000)} HTTP/1.1`,
    ]) {
      (await openTcp()).write(`${line}\r\nHost: localhost\r\n\r\n`);
    }
    await expectTheCallToGoOn();
    expect((await server().metric(/^parley_http_malformed_requests_total/)) - before).toBeGreaterThanOrEqual(
      90,
    );
  });

  test.each([
    '/%',
    '/%00',
    '/../../../../etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '//rtc//v1',
    '/r/%E0%A4%A',
  ])('the path %s is answered, and shows no file of the machine', async (path) => {
    const socket = await openTcp();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    const answer = Buffer.concat(chunks).toString();
    expect(answer).toMatch(/^HTTP\/1\.1 [234]\d\d /);
    expect(answer).not.toContain('root:');
  });

  test('a body larger than is allowed is refused', async () => {
    const answer = await fetch(`${server().url}/api/guest-token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ room: 'a', name: 'x'.repeat(20 * 1_024 * 1_024) }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    await expectTheCallToGoOn();
  });
});

/** A STUN binding request (RFC 8489) of a user that nobody knows, with a MESSAGE-INTEGRITY that fits no password. */
function bindingRequest(username: string): Buffer {
  const name = Buffer.alloc(Math.ceil(username.length / 4) * 4);
  name.write(username);
  const header = Buffer.alloc(20);
  header.writeUInt16BE(0x0001, 0);
  header.writeUInt32BE(0x2112a442, 4);
  random.bytes(12).copy(header, 8);
  const body = Buffer.concat([
    attribute(0x0006, username.length),
    name,
    attribute(0x0008, 20),
    random.bytes(20),
  ]);
  header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}

function attribute(type: number, length: number): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(length, 2);
  return header;
}
