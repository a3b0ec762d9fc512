import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { RxKind, TxKind, Wire } from '../src/index.js';
import { type Pair, Peer, addonFile, connectPair, rtp } from './peer.js';

let pair: Pair | undefined;
afterEach(() => {
  pair?.close();
  pair = undefined;
});

const ignore = (): void => undefined;

describe('Wire', () => {
  it('binds the same port for IPv4 and IPv6', async () => {
    const peer = new Peer({ addresses: ['0.0.0.0', '::'] });
    const stun = Uint8Array.of(0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...new Uint8Array(12));
    peer.sendRaw(peer.wire.pathTo('127.0.0.1', peer.wire.port), stun);
    peer.sendRaw(peer.wire.pathTo('::1', peer.wire.port), stun);
    await peer.until(() => peer.received.length === 2);
    expect(peer.received.map((packet) => (packet.path[0]! >> 8) & 0xff).sort()).toEqual([4, 6]);
    peer.wire.close();
  });

  it('says which port is taken, and frees its own at close', () => {
    const first = new Wire({ port: 0, addresses: ['127.0.0.1'], onBatch: ignore });
    const again = (): Wire => new Wire({ port: first.port, addresses: ['127.0.0.1'], onBatch: ignore });
    expect(again).toThrow(`cannot bind UDP 127.0.0.1 port ${first.port}`);
    first.close();
    again().close();
  });

  it('refuses options out of range and addresses that are none', () => {
    const make = (options: object) => () => new Wire({ port: 0, onBatch: ignore, ...options });
    expect(make({ port: 65_536 })).toThrow(RangeError);
    expect(make({ port: 1.5 })).toThrow(RangeError);
    expect(make({ slots: 0 })).toThrow(RangeError);
    expect(make({ maxSessions: 65_536 })).toThrow(RangeError);
    expect(make({ srtpProfiles: [] })).toThrow(RangeError);
    expect(make({ ufragPrefix: '' })).toThrow(RangeError);
    expect(make({ ufragPrefix: ':' })).toThrow(RangeError);
    expect(make({ ufragPrefix: 'AB' })).toThrow(RangeError);
    expect(make({ addresses: [] })).toThrow('addresses');
    expect(make({ addresses: ['example.org'] })).toThrow('example.org');
    expect(make({ addresses: ['198.51.100.1'] })).toThrow('198.51.100.1');
  });

  it('has a fingerprint of its own certificate, as SDP wants it', () => {
    const wire = new Wire({ port: 0, addresses: ['127.0.0.1'], onBatch: ignore });
    expect(wire.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(Buffer.from(wire.fingerprint.replaceAll(':', ''), 'hex').equals(wire.fingerprintBytes)).toBe(true);
    wire.close();
  });

  it('opens no more sessions than it may, and never gives a number twice in a row', () => {
    const wire = new Wire({ port: 0, addresses: ['127.0.0.1'], maxSessions: 2, onBatch: ignore });
    const open = (): number => wire.openSession({ role: 'server', remoteFingerprint: new Uint8Array(32) });
    const first = open();
    open();
    expect(open).toThrow(RangeError);
    wire.closeSession(first);
    const third = open();
    expect(third).not.toBe(first);
    wire.closeSession(first);
    expect(open).toThrow(RangeError);
    expect(() => wire.openSession({ role: 'server', remoteFingerprint: new Uint8Array(31) })).toThrow(
      RangeError,
    );
    wire.close();
  });

  it('does nothing after close, which may come from within a batch with traffic in flight', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    server.duringBatch = () => server.wire.close();
    for (let i = 0; i < 50; i++) client.send(TxKind.RTP_SCRATCH, clientSession, rtp(i, Uint8Array.of(i)));
    await server.until(() => server.ofKind(RxKind.RTP).length > 0);
    const batches = server.batches.length;
    server.wire.close();
    server.send(TxKind.RTP_SCRATCH, serverSession, rtp(1, Uint8Array.of(1)));
    server.wire.handleTimeout();
    server.wire.release(0);
    server.wire.closeSession(serverSession);
    server.wire.setPath(serverSession, server.wire.pathTo('127.0.0.1', 9));
    expect(() => server.wire.openSession({ role: 'server', remoteFingerprint: new Uint8Array(32) })).toThrow(
      'closed',
    );
    // The client hears of it, which takes a turn of the event loop.
    await client.until(() => client.states(clientSession).length === 2);
    expect(server.batches).toHaveLength(batches);
    expect(server.wire.pool[0]).toBeDefined();
  });

  it('lets sessions be closed from within a batch that holds more of their packets', async () => {
    pair = await connectPair();
    const { client, server, clientSession, serverSession } = pair;
    server.duringBatch = () => server.wire.closeSession(serverSession);
    for (let i = 0; i < 600; i++) {
      client.describe(i, { KIND: TxKind.RTP, SESSION: clientSession, LENGTH: 12 | (8 << 16), SEQUENCE: i });
    }
    client.wire.flush(600);
    await server.until(() => server.ofKind(RxKind.RTP).length > 0);
    await client.until(() => client.states(clientSession).length === 2);
    expect(server.wire.counters().droppedMalformed).toBe(0);
  });

  it('lets go of the event loop and of its memory at close', () => {
    const script = `
      import { createRequire } from 'node:module';
      const { NativeWire } = createRequire(import.meta.url)(${JSON.stringify(addonFile())});
      const open = (onBatch) => new NativeWire(0, ['127.0.0.1'], 2048, 8192, Uint16Array.of(7), onBatch, 0);
      for (let i = 0; i < 20; i++) {
        let connected;
        const handshake = new Promise((resolve) => (connected = resolve));
        const [client, server] = [open(() => connected()), open(() => undefined)];
        client.setPath(client.openDtlsSession(true, server.fingerprint), client.pathTo('127.0.0.1', server.port, 0));
        server.setPath(server.openDtlsSession(false, client.fingerprint), server.pathTo('127.0.0.1', client.port, 0));
        const ticking = setInterval(() => client.tick(), 20);
        await handshake;
        clearInterval(ticking);
        for (const wire of [client, server]) {
          wire.pool.fill(1);
          wire.close();
        }
        await new Promise(setImmediate);
        globalThis.gc();
      }
      await new Promise(setImmediate);
      if (process.memoryUsage().rss > 200e6) process.exit(2);
    `;
    const child = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script]);
    expect(child.stderr.toString()).toBe('');
    expect(child.status).toBe(0);
  });

  it('reports what onBatch throws as an uncaught exception, and goes on', () => {
    const script = `
      import { createRequire } from 'node:module';
      const { NativeWire } = createRequire(import.meta.url)(${JSON.stringify(addonFile())});
      let batches = 0;
      let errors = 0;
      const wire = new NativeWire(0, ['127.0.0.1'], 4, 4, Uint16Array.of(7), () => {
        batches++;
        if (batches === 20) wire.close();
        else send();
        throw new Error('on purpose');
      }, 0);
      const path = wire.pathTo('127.0.0.1', wire.port, 0);
      function send() {
        wire.scratch.set(new Uint8Array(path.buffer));
        wire.scratch.set([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 64);
        wire.outgoing.set([6, 0, 64, 20, 0, 0, 0, 0]);
        wire.flush(1);
      }
      process.on('uncaughtException', (error) => {
        if (error.message === 'on purpose') errors++;
      });
      process.on('exit', () => console.log(batches, errors, wire.counters().droppedNoSlot));
      send();
    `;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(child.stderr.toString()).toBe('');
    expect(child.stdout.toString()).toBe('20 20 0\n');
  });

  it('runs in worker threads, which may end while it is open', async () => {
    const code = `
      const { parentPort } = require('node:worker_threads');
      const { NativeWire } = require(${JSON.stringify(addonFile())});
      const wires = [1, 2].map(() => new NativeWire(0, ['127.0.0.1'], 64, 16, Uint16Array.of(7, 1), () => {
        if (--left === 0) parentPort.postMessage('received');
      }, 0));
      let left = 2;
      wires.forEach((wire, i) => {
        const session = wire.openDtlsSession(true, new Uint8Array(32));
        wire.setPath(session, wire.pathTo('127.0.0.1', wires[1 - i].port, 0));
        wire.scratch.set(new Uint8Array(wire.pathTo('127.0.0.1', wires[1 - i].port, 0).buffer));
        wire.scratch.set([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 64);
        wire.outgoing.set([6, 0, 64, 20, 0, 0, 0, 0]);
        wire.flush(1);
      });
    `;
    for (let round = 0; round < 5; round++) {
      const workers = [1, 2, 3].map(() => new Worker(code, { eval: true }));
      await Promise.all(workers.map((worker) => once(worker, 'message')));
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
    pair = await connectPair();
    pair.client.send(TxKind.RTP_SCRATCH, pair.clientSession, rtp(1, Uint8Array.of(1)));
    const { server } = pair;
    await server.until(() => server.ofKind(RxKind.RTP).length === 1);
  });
});
