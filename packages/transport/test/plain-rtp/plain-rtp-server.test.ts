import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { parseRtcp } from '@parley/rtp';
import { SRTP_AEAD_AES_256_GCM } from '@parley/wire';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  PlainRtpServer,
  type PlainRtpPorts,
  type PlainRtpState,
  type SdesKeys,
} from '../../src/plain-rtp/index.js';
import { TransportServer } from '../../src/server/index.js';
import { randomBytes } from '../random.js';

const ADDRESS = '127.0.0.1';
const CODECS = [{ mimeType: 'audio/PCMU', payloadType: 0, clockRate: 8_000 }];

/** Long enough for a machine that is busy otherwise. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });

function setup() {
  const errors: unknown[] = [];
  const transports = new TransportServer({
    port: 0,
    addresses: [ADDRESS],
    now: () => 0,
    random: randomBytes(1),
    onError: (error) => errors.push(error),
  });
  onTestFinished(() => {
    transports.close();
  });
  const plain = new PlainRtpServer(transports);
  /** A transport, and the SSRCs that it receives from. */
  const create = (ports: Partial<PlainRtpPorts> = {}) => {
    const states: PlainRtpState[] = [];
    const heard: number[] = [];
    const transport = plain.createTransport(
      { address: ADDRESS, ...ports },
      { sources: [ADDRESS] },
      { onStateChange: (state) => states.push(state) },
    );
    transport
      .createReceiver({
        mid: '0',
        kind: 'audio',
        codecs: CODECS,
        extensions: {},
        ssrcs: [],
        rtxPairs: [],
        rids: [],
      })
      .addSink({
        onStream: ({ ssrc }) => heard.push(ssrc),
        onPackets: () => undefined,
        onAudioLevel: () => undefined,
      });
    return { transport, states, heard };
  };
  return { transports, plain, errors, create };
}

async function phone(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, ADDRESS);
  onTestFinished(() => {
    socket.close();
  });
  await once(socket, 'listening');
  return socket;
}

function rtp(ssrc: number): Uint8Array {
  const packet = new Uint8Array(172);
  packet[0] = 0x80;
  new DataView(packet.buffer).setUint32(8, ssrc);
  return packet;
}

test('packets reach the transport whose port they come to, whoever sends them', async () => {
  const { create } = setup();
  const [a, b] = [create(), create()];
  const [first, second] = [await phone(), await phone()];
  first.send(rtp(1), a.transport.port, ADDRESS);
  second.send(rtp(2), b.transport.port, ADDRESS);
  await eventually(() => [a.heard, b.heard]).toEqual([[1], [2]]);
  expect([a.states, b.states]).toEqual([['connected'], ['connected']]);
});

test('RTCP has a port of its own where that is wanted, and goes to where RTCP comes from', async () => {
  const { transports, create } = setup();
  const { transport } = create({ rtcpPort: 0 });
  const [media, control] = [await phone(), await phone()];
  media.send(rtp(1), transport.port, ADDRESS);
  await eventually(() => transport.state).toBe('connected');
  control.send(Uint8Array.of(0x80, 0xc9, 0, 1, 0, 0, 0, 1), transport.rtcpPort, ADDRESS);
  await eventually(() => transports.counters().packetsReceived).toBe(2);
  transport.close();
  const [message, { port }] = (await once(control, 'message')) as [Uint8Array, { port: number }];
  expect(port).not.toBe(transport.port);
  expect(port).toBe(transport.rtcpPort);
  const types = parseRtcp(message, 0, message.length).packets.map(({ type }) => type);
  expect(types).toEqual(['receiverReport', 'sourceDescription', 'goodbye']);
});

describe('a port', () => {
  test('that others have is refused, and the one beside it is free again', () => {
    const { create } = setup();
    const taken = create().transport.port;
    const free = create();
    const { port } = free.transport;
    free.transport.close();
    expect(() => create({ port, rtcpPort: taken })).toThrow(expect.objectContaining({ code: 'EADDRINUSE' }));
    expect(create({ port }).transport.port).toBe(port);
  });

  test('is free again when its keys could not be used', () => {
    const { plain, create } = setup();
    const free = create();
    const { port } = free.transport;
    free.transport.close();
    const key = new Uint8Array(7);
    const keys: SdesKeys = { suite: SRTP_AEAD_AES_256_GCM, localKey: key, remoteKey: key };
    expect(() =>
      plain.createTransport({ address: ADDRESS, port }, { keys }, { onStateChange: () => undefined }),
    ).toThrow(RangeError);
    expect(create({ port }).transport.port).toBe(port);
  });

  test('is free again when its server is closed', () => {
    const [first, second] = [setup(), setup()];
    const { transport, states } = first.create();
    first.transports.close();
    expect(states).toEqual(['closed']);
    expect(second.create({ port: transport.port }).transport.port).toBe(transport.port);
  });
});

test('a transport that throws is closed as failed, and does not reach the others', async () => {
  const { create, errors } = setup();
  const [broken, other] = [create(), create()];
  broken.transport.receive = () => {
    throw new Error('broken');
  };
  const socket = await phone();
  socket.send(rtp(1), broken.transport.port, ADDRESS);
  await eventually(() => errors).toEqual([new Error('broken')]);
  socket.send(rtp(2), other.transport.port, ADDRESS);
  await eventually(() => other.heard).toEqual([2]);
  expect(broken.states).toEqual(['failed']);
});
