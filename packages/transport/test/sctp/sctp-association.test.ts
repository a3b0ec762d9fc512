import { describe, expect, it } from 'vitest';
import type { DataChannel } from '../../src/sctp/index.js';
import { buildChunk, ChunkType, parseChunks } from '../../src/sctp/chunks.js';
import { parseDataChunk } from '../../src/sctp/data-chunk.js';
import { Network, pattern, Peer } from './network.js';
import { chunkTypes, packetOf } from './packets.js';

/** Sends numbered messages of `size` bytes, as the buffer allows, and runs until `done`. */
function feed(network: Network, channel: DataChannel, count: number, size: number): void {
  let sent = 0;
  const push = (): void => {
    while (sent < count && channel.send(pattern(size, sent), true)) sent++;
  };
  network.client.onLowHook = push;
  push();
}

describe('SctpAssociation', () => {
  it('connects, opens a channel in either direction and carries text and binary messages', () => {
    const network = new Network().connect();
    const { client, server } = network;
    const ours = client.association.open({ label: 'reliable', protocol: 'p' });
    const theirs = server.association.open({ label: 'from server' });
    network.run(200);
    expect(ours.id % 2).toBe(0);
    expect(theirs.id % 2).toBe(1);
    expect(ours.state).toBe('open');
    expect(client.opened.map(({ label }) => label)).toEqual(['from server', 'reliable']);
    const remote = server.association.channels.get(ours.id);
    expect(remote).toMatchObject({ label: 'reliable', protocol: 'p', ordered: true, state: 'open' });
    ours.send(new TextEncoder().encode('grüße'), false);
    ours.send(new Uint8Array(0), true);
    ours.send(new Uint8Array(0), false);
    theirs.send(pattern(5, 1), true);
    network.run(200);
    expect(server.messages.map(({ payload, binary }) => [new TextDecoder().decode(payload), binary])).toEqual(
      [
        ['grüße', false],
        ['', true],
        ['', false],
      ],
    );
    expect(client.messages[0]!.payload).toEqual(pattern(5, 1));
    expect(ours.bufferedAmount).toBe(0);
  });

  it('carries what was sent before it was connected', () => {
    const network = new Network();
    const channel = network.client.association.open({ label: 'early' });
    channel.send(pattern(10, 0), true);
    network.connect();
    network.run(200);
    expect(network.server.messages).toHaveLength(1);
  });

  it('sends in order on an unordered channel until the peer has it', () => {
    const network = new Network().connect();
    const unordered: boolean[] = [];
    network.options.filter = (packet, from) => {
      for (const chunk of (from === network.client ? parseChunks(packet) : undefined) ?? []) {
        if (chunk.type === ChunkType.Data) unordered.push(parseDataChunk(chunk)!.unordered);
      }
      return true;
    };
    const channel = network.client.association.open({ label: 'u', ordered: false });
    channel.send(pattern(10, 1), true);
    network.run(200);
    channel.send(pattern(10, 2), true);
    network.run(200);
    expect(unordered).toEqual([false, false, true]);
    expect(network.server.messages).toHaveLength(2);
  });

  it('tells the peer the reliability of a channel', () => {
    const network = new Network().connect();
    network.client.association.open({ label: 'a', ordered: false, maxRetransmits: 3 });
    network.client.association.open({ label: 'b', maxPacketLifeTime: 500 });
    network.run(100);
    expect(network.server.opened).toMatchObject([
      { ordered: false, maxRetransmits: 3, maxPacketLifeTime: undefined },
      { ordered: true, maxRetransmits: undefined, maxPacketLifeTime: 500 },
    ]);
  });

  it.each([1, 2, 3, 4, 5])(
    'delivers all in order with 20% loss, reordering and duplicates (seed %i)',
    (seed) => {
      const network = new Network({ seed, loss: 0.2, duplication: 0.05, delay: 20, jitter: 30 }).connect();
      const channel = network.client.association.open({ label: 'lossy' });
      const sizes = [1, 20, 500, 1152, 1153, 3000, 20_000];
      const sent = Array.from({ length: 150 }, (_, index) => pattern(sizes[index % sizes.length]!, index));
      for (const payload of sent) expect(channel.send(payload, true)).toBe(true);
      network.runUntil(() => network.server.messages.length === sent.length);
      network.server.messages.forEach(({ payload }, index) => {
        expect(Buffer.compare(payload, sent[index]!)).toBe(0);
      });
    },
  );

  it('delivers all of an unordered channel whatever the order', () => {
    const network = new Network({ seed: 7, loss: 0.2, jitter: 50 }).connect();
    const channel = network.client.association.open({ label: 'u', ordered: false });
    network.runUntil(() => channel.state === 'open');
    for (let index = 0; index < 200; index++) channel.send(Uint8Array.of(index), true);
    for (let index = 0; index < 3; index++) channel.send(pattern(5000, index), true);
    network.runUntil(() => network.server.messages.length === 203);
    const small = network.server.messages.filter(({ payload }) => payload.length === 1);
    const order = small.map(({ payload }) => payload[0]!);
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  it('does not let one channel wait for what another has lost', () => {
    let lost = 0;
    const network = new Network({ delay: 50 }).connect();
    const a = network.client.association.open({ label: 'a' });
    const b = network.client.association.open({ label: 'b' });
    network.run(500);
    network.options.filter = (packet) => !(chunkTypes(packet).includes(ChunkType.Data) && lost++ === 0);
    a.send(pattern(1100, 1), true);
    network.run(1);
    b.send(pattern(1100, 2), true);
    network.runUntil(() => network.server.messages.length === 2);
    expect(network.server.messages.map(({ channel }) => channel.label)).toEqual(['b', 'a']);
  });

  it('carries messages of 256 KiB, and refuses larger ones', () => {
    const network = new Network({ seed: 3, loss: 0.02, jitter: 5 }).connect();
    const channel = network.client.association.open({ label: 'large' });
    const payload = pattern(262_144, 9);
    expect(channel.send(new Uint8Array(262_145), true)).toBe(false);
    expect(channel.send(payload, true)).toBe(true);
    network.runUntil(() => network.server.messages.length === 1);
    expect(Buffer.compare(network.server.messages[0]!.payload, payload)).toBe(0);
  });

  it('aborts when the peer sends more than it may in one message', () => {
    const network = new Network({}, {}, { maxReceiveMessageSize: 10_000 }).connect();
    network.client.association.open({ label: 'x' }).send(pattern(20_000, 0), true);
    network.run(1000);
    expect(network.server.closeReason).toBe('protocol-error');
    expect(network.client.closeReason).toBe('aborted');
    expect(network.client.closed).toHaveLength(1);
  });

  it('moves 5 MB at 1% loss in bounded time', () => {
    const network = new Network({ seed: 5, loss: 0.01, delay: 10 }).connect();
    const channel = network.client.association.open({ label: 'bulk' });
    channel.lowWaterMark = 200_000;
    feed(network, channel, 320, 16_384);
    const took = network.runUntil(() => network.server.messages.length === 320);
    expect(took).toBeLessThan(15_000);
    network.server.messages.forEach(({ payload }, index) => {
      expect(Buffer.compare(payload, pattern(16_384, index))).toBe(0);
    });
  });

  it('bundles small messages into few packets', () => {
    const network = new Network().connect();
    const channel = network.client.association.open({ label: 'small' });
    network.run(200);
    const before = network.client.association.counters.packetsSent;
    for (let index = 0; index < 30; index++) channel.send(pattern(20, index), true);
    network.run(200);
    expect(network.server.messages).toHaveLength(30);
    expect(network.client.association.counters.packetsSent - before).toBeLessThanOrEqual(2);
  });

  describe('setting up', () => {
    it('resolves a collision when both ends initiate', () => {
      const network = new Network({ delay: 30 }, {}, { initiate: true }).connect();
      network.client.association.open({ label: 'c' });
      network.run(200);
      expect([network.client.connectedCount, network.server.connectedCount]).toEqual([1, 1]);
      expect(network.server.opened).toHaveLength(1);
      expect(network.client.closeReason).toBeUndefined();
    });

    it.each([1, 2, 3, 4, 5, 6, 7, 8])('resolves it with loss and reordering too (seed %i)', (seed) => {
      const network = new Network(
        { seed, delay: 10, jitter: 500, loss: 0.2, duplication: 0.2 },
        {},
        { initiate: true },
      );
      network.connect();
      network.client.association.open({ label: 'c' }).send(pattern(100, 0), true);
      network.runUntil(() => network.server.messages.length === 1);
      expect([network.client.connectedCount, network.server.connectedCount]).toEqual([1, 1]);
    });

    it.each([
      ['COOKIE ECHO', ChunkType.CookieEcho],
      ['COOKIE ACK', ChunkType.CookieAck],
    ])('repeats a lost %s', (_name, type) => {
      let lost = 0;
      const filter = (packet: Uint8Array): boolean => !(chunkTypes(packet)[0] === type && lost++ < 2);
      const network = new Network({ filter }).connect();
      expect(lost).toBeGreaterThan(2);
      network.client.association.open({ label: 'c' });
      network.run(2000);
      expect(network.server.opened).toHaveLength(1);
    });

    it('keeps no state for an INIT', () => {
      const network = new Network({ filter: (packet) => chunkTypes(packet)[0] !== ChunkType.CookieEcho });
      network.client.association.connect(network.now);
      network.server.association.connect(network.now);
      network.run(5000);
      expect(network.server.association.state).toBe('connecting');
      expect(network.server.association.deadline).toBe(Infinity);
    });

    it('gives up on a peer that never answers', () => {
      const network = new Network({ filter: () => false });
      network.client.association.connect(network.now);
      const took = network.runUntil(() => network.client.closeReason !== undefined);
      expect(network.client.closeReason).toBe('timeout');
      expect(took).toBeLessThan(90_000);
    });
  });

  describe('partial reliability', () => {
    it.each([true, false])('loses some with no retransmission and never stalls (ordered: %s)', (ordered) => {
      const network = new Network({ seed: 11, loss: 0.1, delay: 20 }).connect();
      const channel = network.client.association.open({ label: 'pr', ordered, maxRetransmits: 0 });
      network.runUntil(() => channel.state === 'open');
      for (let index = 0; index < 300; index++) {
        channel.send(pattern(index % 10 === 0 ? 5000 : 600, index), true);
        network.run(10);
      }
      network.options.loss = 0;
      network.runUntil(() => channel.bufferedAmount === 0);
      const received = network.server.messages.length;
      expect(received).toBeGreaterThan(200);
      expect(received).toBeLessThan(300);
      expect(network.client.association.counters.messagesAbandoned).toBe(300 - received);
      channel.send(pattern(10, 0), true);
      network.run(500);
      expect(network.server.messages).toHaveLength(received + 1);
    });

    it('loses nothing while the network only pauses, although everything counts as lost', () => {
      const network = new Network({ delay: 1 }).connect();
      const channel = network.client.association.open({ label: 'pr', ordered: false, maxRetransmits: 0 });
      network.run(100);
      const resume = network.now + 3000;
      network.options.filter = () => {
        network.options.delay = Math.max(1, resume - network.now);
        return true;
      };
      for (let index = 0; index < 100; index++) {
        channel.send(Uint8Array.of(index), true);
        network.run(50);
      }
      network.run(5000);
      expect(network.client.association.counters.messagesAbandoned).toBeGreaterThan(10);
      expect(network.server.messages).toHaveLength(100);
      expect(channel.bufferedAmount).toBe(0);
    });

    it('gives up a message whose time is over, and delivers what follows', () => {
      const network = new Network().connect();
      const channel = network.client.association.open({ label: 'pr', maxPacketLifeTime: 300 });
      network.run(200);
      network.options.loss = 1;
      channel.send(pattern(30_000, 1), true);
      channel.send(pattern(10, 2), true);
      network.run(5000);
      network.options.loss = 0;
      channel.send(pattern(10, 3), true);
      network.runUntil(() => network.server.messages.length > 0);
      expect(network.server.messages[0]!.payload).toEqual(pattern(10, 3));
      network.run(20_000);
      expect(channel.bufferedAmount).toBe(0);
    });

    it('gives up the rest of a message of which the peer has the first part', () => {
      const network = new Network({ delay: 200 }).connect();
      const channel = network.client.association.open({ label: 'pr', maxPacketLifeTime: 1000 });
      network.run(2000);
      let passed = 0;
      network.options.filter = (packet, from) =>
        from !== network.client || !chunkTypes(packet).includes(ChunkType.Data) || passed++ < 2;
      channel.send(pattern(50_000, 1), true);
      network.run(3000);
      delete network.options.filter;
      channel.send(pattern(10, 2), true);
      network.runUntil(() => network.server.messages.length > 0);
      expect(network.server.messages[0]!.payload).toEqual(pattern(10, 2));
    });
  });

  describe('closing a channel', () => {
    it.each([0, 0.2])('closes both sides and frees the id (loss %d)', (loss) => {
      const network = new Network({ seed: 4, loss, jitter: 20 }).connect();
      const { client, server } = network;
      for (let round = 1; round <= 5; round++) {
        const channel = client.association.open({ label: `round ${round}` });
        expect(channel.id).toBe(0);
        for (let index = 0; index < 20; index++) channel.send(pattern(2000, index), true);
        channel.close();
        expect(channel.state).toBe('closing');
        expect(channel.send(pattern(1, 1), true)).toBe(false);
        network.runUntil(() => client.closed.length === round && server.closed.length === round);
        expect(channel.state).toBe('closed');
        expect(server.messages).toHaveLength(20 * round);
        expect(server.association.channels.size).toBe(0);
      }
    });

    it('closes when both sides do so at once', () => {
      const network = new Network().connect();
      const channel = network.client.association.open({ label: 'c' });
      network.run(200);
      channel.close();
      network.server.opened[0]!.close();
      network.run(2000);
      expect(network.client.closed).toHaveLength(1);
      expect(network.server.closed).toHaveLength(1);
    });

    it('closes a partially reliable channel while it is losing messages', () => {
      const network = new Network({ seed: 8, loss: 0.3, delay: 20 }).connect();
      const channel = network.client.association.open({ label: 'c', maxRetransmits: 0 });
      network.runUntil(() => channel.state === 'open');
      for (let index = 0; index < 50; index++) channel.send(pattern(3000, index), true);
      channel.close();
      network.runUntil(() => network.client.closed.length === 1 && network.server.closed.length === 1);
      const next = network.client.association.open({ label: 'again' });
      next.send(pattern(10, 3), true);
      const before = network.server.messages.length;
      network.runUntil(() => network.server.messages.length === before + 1);
    });
  });

  describe('flow control', () => {
    it('refuses what exceeds the send buffer when nothing is acknowledged', () => {
      const network = new Network({}, { sendBufferLimit: 100_000 }).connect();
      const channel = network.client.association.open({ label: 'c' });
      network.run(200);
      network.options.loss = 1;
      let accepted = 0;
      while (channel.send(pattern(1000, 0), true)) accepted++;
      expect(accepted).toBeGreaterThan(80);
      expect(accepted).toBeLessThanOrEqual(100);
      network.run(2000);
      expect(channel.send(pattern(1000, 0), true)).toBe(false);
      expect(channel.bufferedAmount).toBe(accepted * 1000);
      network.options.loss = 0;
      network.runUntil(() => channel.bufferedAmount === 0);
      expect(network.client.low).toContain(channel);
    });

    it('tells a channel that was refused because of another', () => {
      const network = new Network({}, { sendBufferLimit: 100_000 }).connect();
      const busy = network.client.association.open({ label: 'busy' });
      const other = network.client.association.open({ label: 'other' });
      network.run(200);
      while (busy.send(pattern(1000, 0), true));
      expect(other.send(pattern(1000, 0), true)).toBe(false);
      network.run(5000);
      expect(network.client.low).toContain(other);
    });
  });

  describe('the end', () => {
    it('tells the peer when it closes', () => {
      const network = new Network().connect();
      const channel = network.client.association.open({ label: 'c' });
      network.run(200);
      network.client.association.close();
      expect(channel.state).toBe('closed');
      network.run(200);
      expect(network.server.closeReason).toBe('aborted');
      expect(network.server.closed).toHaveLength(1);
      expect(network.client.closeReason).toBeUndefined();
      expect(() => network.client.association.open({ label: 'late' })).toThrow('closed');
    });

    it('tells a peer that missed it', () => {
      const network = new Network().connect();
      const channel = network.server.association.open({ label: 'c' });
      network.run(200);
      network.options.loss = 1;
      network.client.association.close();
      network.run(10);
      network.options.loss = 0;
      channel.send(pattern(1, 1), true);
      network.run(200);
      expect(network.server.closeReason).toBe('aborted');
    });

    it('notices a peer that died, with data under way', () => {
      const network = new Network().connect();
      const channel = network.client.association.open({ label: 'c' });
      network.run(200);
      network.options.loss = 1;
      channel.send(pattern(1, 1), true);
      network.runUntil(() => network.client.closeReason !== undefined, 120_000);
      expect(network.client.closeReason).toBe('timeout');
    });

    it('notices a peer that died, with nothing to say', () => {
      const network = new Network().connect();
      network.options.loss = 1;
      network.runUntil(() => network.client.closeReason !== undefined, 240_000);
      expect(network.client.closeReason).toBe('timeout');
    });

    it('stays up while both have nothing to say', () => {
      const network = new Network().connect();
      network.run(3_600_000);
      expect(network.client.association.state).toBe('connected');
      expect(network.client.association.counters.packetsSent).toBeLessThan(300);
    });
  });

  it('goes on when TSN and SSN wrap', () => {
    // Initial TSNs are the second number asked for, after the tag.
    const nearWrap = (): (() => number) => {
      const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 0x1234, 0xffffff00];
      return () => numbers.shift() ?? 0xffffff00;
    };
    const network = new Network({ seed: 6, loss: 0.02, jitter: 5 }, { random: nearWrap() }).connect();
    const channel = network.client.association.open({ label: 'wrap' });
    channel.lowWaterMark = 10_000;
    let received = 0;
    network.server.onMessageHook = ({ payload }) => {
      if (((payload[0]! << 8) | payload[1]!) === (received & 0xffff)) received++;
      network.server.messages.length = 0;
    };
    let sent = 0;
    const push = (): void => {
      while (sent < 70_000 && channel.send(Uint8Array.of(sent >>> 8, sent), true)) sent++;
    };
    network.client.onLowHook = push;
    push();
    network.runUntil(() => received === 70_000);
  });

  it('shuts down when the peer does, once all was delivered', () => {
    const network = new Network({ record: true }).connect();
    const { packets } = network;
    const channel = network.server.association.open({ label: 'c' });
    network.run(200);
    for (let index = 0; index < 50; index++) channel.send(pattern(2000, index), true);
    const shutdown = buildChunk(ChunkType.Shutdown, 0, new Uint8Array(4));
    network.server.association.receive(packetOf(network.clientTag, shutdown), network.now);
    expect(network.server.association.state).toBe('closing');
    expect(channel.send(pattern(1, 1), true)).toBe(false);
    network.runUntil(() => packets.some((packet) => chunkTypes(packet).includes(ChunkType.ShutdownAck)));
    expect(network.client.messages).toHaveLength(50);
    network.server.association.receive(
      packetOf(network.clientTag, buildChunk(ChunkType.ShutdownComplete, 0)),
      network.now,
    );
    expect(network.server.closeReason).toBe('shutdown');
    expect(network.server.closed).toEqual([channel]);
    packets.length = 0;
    network.server.association.receive(
      packetOf(network.clientTag, buildChunk(ChunkType.ShutdownAck, 0)),
      network.now,
    );
    network.run(5);
    expect(packets.flatMap(chunkTypes)).toEqual([ChunkType.ShutdownComplete]);
  });

  it('starts over with a peer that restarted: channels close, new ones work', () => {
    const network = new Network().connect();
    const channel = network.server.association.open({ label: 'before' });
    network.run(200);
    const reborn = new Peer({ initiate: true, random: network.uint32 });
    network.options.filter = (packet, from) => {
      if (from === network.server) reborn.association.receive(packet, network.now);
      return false;
    };
    const out = new Uint8Array(1180);
    const exchange = (): void => {
      for (let length; (length = reborn.association.poll(out, network.now)) > 0;) {
        network.server.association.receive(out.subarray(0, length), network.now);
      }
      network.run(1);
    };
    reborn.association.connect(network.now);
    for (let round = 0; round < 5; round++) exchange();
    expect(network.server.connectedCount).toBe(2);
    expect(network.server.closed).toEqual([channel]);
    expect(network.server.closeReason).toBeUndefined();
    reborn.association.open({ label: 'after' }).send(pattern(10, 1), true);
    for (let round = 0; round < 5; round++) exchange();
    expect(network.server.messages).toMatchObject([{ channel: { label: 'after' } }]);
  });

  it('may be used from within its observer', () => {
    const network = new Network().connect();
    const channel = network.client.association.open({ label: 'c' });
    network.run(200);
    network.server.onMessageHook = ({ channel: echo, payload }) => {
      echo.send(payload, true);
      if (network.server.messages.length === 3) network.server.association.close();
    };
    for (let index = 0; index < 10; index++) channel.send(pattern(10, index), true);
    network.run(200);
    expect(network.server.messages).toHaveLength(3);
    expect(network.client.closeReason).toBe('aborted');
  });

  it('refuses options that contradict each other', () => {
    const { association } = new Network().client;
    expect(() => association.open({ label: 'x', maxRetransmits: 1, maxPacketLifeTime: 1 })).toThrow(
      TypeError,
    );
    expect(() => association.open({ label: 'x', negotiated: true })).toThrow(TypeError);
    expect(() => association.open({ label: 'x', id: 1024 })).toThrow('1024');
    association.open({ label: 'x', id: 4 });
    expect(() => association.open({ label: 'x', id: 4 })).toThrow('exists');
    expect(() => association.poll(new Uint8Array(100), 0)).toThrow(RangeError);
  });

  it('opens a negotiated channel on both ends without a word', () => {
    const network = new Network().connect();
    const options = { label: 'n', negotiated: true, id: 100 };
    const ours = network.client.association.open(options);
    network.server.association.open(options);
    ours.send(pattern(10, 1), true);
    network.run(200);
    expect(ours.state).toBe('open');
    expect(network.server.messages).toMatchObject([{ channel: { id: 100 } }]);
  });
});
