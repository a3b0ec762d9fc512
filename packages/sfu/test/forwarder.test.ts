import { createCounters } from '@parley/core';
import {
  rtpMetrics,
  RtpDemuxer,
  RtpReceiver,
  RtpSender,
  SendBatch,
  type ReceiveStream,
} from '@parley/transport';
import { TX, TxKind } from '@parley/wire';
import { describe, expect, test } from 'vitest';
import { Forwarder } from '../src/forwarder.js';
import { forwardingMetrics } from '../src/sfu-metrics.js';
import { ALL_LAYERS } from '../src/layers/selection.js';
import {
  FakeWire,
  VP8_DELTA_FRAME,
  VP8_KEY_FRAME,
  type ReceivedRtp,
} from '../../transport/test/support/received.js';

const SOURCE_SSRC = 500;

/** A publisher's stream and one subscriber whose payload types differ from the publisher's. */
function setup({
  kind = 'video',
  rtx = true,
  simulcast = false,
}: { kind?: 'audio' | 'video'; rtx?: boolean; simulcast?: boolean } = {}) {
  const wire = new FakeWire();
  const batch = new SendBatch(wire);
  const demuxer = new RtpDemuxer({ packets: wire, batch, counted: createCounters(rtpMetrics) });
  const mimeType = kind === 'video' ? 'video/VP8' : 'audio/opus';
  const clockRate = kind === 'video' ? 90_000 : 48_000;
  const sender = new RtpSender(
    {
      mid: '3',
      kind,
      codecs: [
        { mimeType, payloadType: 120, clockRate, ...(rtx && kind === 'video' && { rtxPayloadType: 121 }) },
      ],
    },
    {
      wireSession: 4,
      random: (bytes) => new Uint8Array(bytes).fill(0xab),
      onTransportSequence: () => undefined,
      onClosed: () => undefined,
    },
  );
  const counted = createCounters(forwardingMetrics);
  const layering = simulcast ? 'simulcast' : 'single';
  const forwarder = new Forwarder(sender, { mimeType, layering }, counted);
  const layers: ReceiveStream[] = [];
  let now = 1000;
  let stream: ReceiveStream | undefined;
  const addReceiver = (mid: string, ssrc: number) => {
    const receiver = new RtpReceiver(
      {
        mid,
        kind,
        codecs: [{ mimeType, payloadType: 96, clockRate }],
        extensions: {},
        ssrcs: [ssrc],
        rtxPairs: [],
        rids: [],
      },
      { onClosed: () => undefined, requestKeyFrame: () => undefined },
    );
    receiver.addSink({
      onStream: (created) => layers.push((stream = created)),
      onAudioLevel: () => undefined,
      onPackets: (source, rx, first, last) =>
        forwarder.forward(layers.indexOf(source), source, rx, first, last, batch, now),
    });
    demuxer.addReceiver(receiver);
  };
  addReceiver('0', SOURCE_SSRC);
  const receive = (...packets: Omit<ReceivedRtp, 'ssrc'>[]) => receiveFrom(SOURCE_SSRC, ...packets);
  const receiveFrom = (ssrc: number, ...packets: Omit<ReceivedRtp, 'ssrc'>[]) => {
    const { rx, count } = wire.receive(packets.map((packet) => ({ ...packet, ssrc })));
    demuxer.receive(rx, 0, count, now);
    return flush();
  };
  const prefixOf = (word: number) => [
    ...wire.scratch.slice(word & 0xff_ffff, (word & 0xff_ffff) + (word >>> 24)),
  ];
  const flush = () => {
    batch.flush();
    return wire.sent.splice(0).map((words) => ({
      kind: words[TX.KIND],
      session: words[TX.SESSION],
      ssrc: words[TX.SSRC],
      sequence: words[TX.SEQUENCE]! & 0xffff,
      payloadType: (words[TX.SEQUENCE]! >> 16) & 0x7f,
      marker: (words[TX.SEQUENCE]! & 0x80_0000) !== 0,
      timestamp: words[TX.TIMESTAMP]!,
      extra: words[TX.EXTRA],
      prefix: prefixOf(words[TX.PREFIX]!),
      payloadBytes: words[TX.LENGTH]! >>> 16,
    }));
  };
  const resend = (...sequences: number[]) => {
    const count = forwarder.resend(sequences, batch, now);
    return { count, sent: flush() };
  };
  return {
    sender,
    counted,
    forwarder,
    receive,
    receiveFrom,
    addReceiver,
    resend,
    stream: () => stream!,
    wait: (milliseconds: number) => (now += milliseconds),
  };
}

describe('Forwarder', () => {
  test('rewrites SSRC, payload type, numbers and time, and keeps the marker', () => {
    const { receive, sender } = setup();
    const [first, second] = receive(
      { sequence: 65_535, timestamp: 0xffff_ff00, payload: VP8_KEY_FRAME },
      { sequence: 0, timestamp: 0x100, marker: true, payload: VP8_DELTA_FRAME },
    );
    expect(first).toMatchObject({
      kind: TxKind.RTP,
      session: 4,
      ssrc: sender.ssrc,
      payloadType: 120,
      sequence: sender.firstSequence,
      marker: false,
    });
    expect(second!.sequence).toBe(sender.firstSequence + 1);
    expect((second!.timestamp - first!.timestamp) >>> 0).toBe(0x200);
    expect(second!.marker).toBe(true);
  });

  test('video starts with a key frame', () => {
    const { receive } = setup();
    expect(receive({ sequence: 1, payload: VP8_DELTA_FRAME })).toEqual([]);
    expect(receive({ sequence: 2, payload: VP8_KEY_FRAME })).toHaveLength(1);
    expect(receive({ sequence: 3, payload: VP8_DELTA_FRAME })).toHaveLength(1);
  });

  test('audio starts with any packet', () => {
    expect(setup({ kind: 'audio' }).receive({ sequence: 1 })).toHaveLength(1);
  });

  test('losses stay visible, late packets get their own number', () => {
    const { receive, sender } = setup();
    const sent = receive(
      { sequence: 10, payload: VP8_KEY_FRAME },
      { sequence: 13, payload: VP8_DELTA_FRAME },
      { sequence: 11, payload: VP8_DELTA_FRAME },
    );
    expect(sent.map(({ sequence }) => sequence - sender.firstSequence)).toEqual([0, 3, 1]);
  });

  test('packets from before the start are not forwarded', () => {
    const { receive } = setup();
    receive({ sequence: 8, payload: VP8_DELTA_FRAME });
    receive({ sequence: 10, payload: VP8_KEY_FRAME });
    expect(receive({ sequence: 9, payload: VP8_DELTA_FRAME })).toEqual([]);
  });

  test('nor are late ones from before a pause, which are counted', () => {
    const { receive, forwarder, counted } = setup({ kind: 'audio' });
    receive({ sequence: 10 });
    forwarder.pause();
    receive({ sequence: 12 });
    expect(receive({ sequence: 11 })).toEqual([]);
    expect(counted.outdated).toBe(1);
  });

  test('one whose descriptor cannot be read is left out where it would have to be written anew', () => {
    const { receive, counted } = setup({ simulcast: true });
    receive({ sequence: 10, payload: VP8_KEY_FRAME });
    const truncated = [0x80];
    expect(receive({ sequence: 11, payload: truncated })).toEqual([]);
    expect(counted.malformed).toBe(1);
  });

  test('numbers go on without a gap after a pause, and time goes on', () => {
    const { receive, forwarder, wait } = setup();
    const [before] = receive({ sequence: 10, timestamp: 9000, payload: VP8_KEY_FRAME });
    forwarder.pause();
    wait(1000);
    expect(forwarder.layer).toBe(-1);
    expect(receive({ sequence: 500, timestamp: 98_000, payload: VP8_DELTA_FRAME })).toEqual([]);
    const [after] = receive({ sequence: 501, timestamp: 99_000, payload: VP8_KEY_FRAME });
    expect(after!.sequence).toBe((before!.sequence + 1) & 0xffff);
    expect((after!.timestamp - before!.timestamp) >>> 0).toBe(90_000);
  });

  test('numbers and time go on when the source changes', () => {
    const { receive, receiveFrom, addReceiver, wait } = setup();
    const [before] = receive({ sequence: 10, timestamp: 9000, payload: VP8_KEY_FRAME });
    addReceiver('1', 777);
    wait(100);
    const [after] = receiveFrom(777, { sequence: 40_000, timestamp: 5, payload: VP8_KEY_FRAME });
    expect(after!.sequence).toBe((before!.sequence + 1) & 0xffff);
    expect((after!.timestamp - before!.timestamp) >>> 0).toBe(9000);
  });

  test('a codec that the subscriber lacks is not forwarded', () => {
    const { receive, counted } = setup();
    expect(receive({ sequence: 1, payloadType: 98, payload: VP8_KEY_FRAME })).toEqual([]);
    receive({ sequence: 2, payload: VP8_KEY_FRAME });
    expect(receive({ sequence: 3, payloadType: 98, payload: VP8_DELTA_FRAME })).toEqual([]);
    expect(counted.noCodec).toBe(1);
  });

  test('a source that numbers anew is given numbers that nobody had', () => {
    for (const restart of [2000, 20_000, 45_000]) {
      const { receive, sender, wait } = setup({ kind: 'audio' });
      let last = 0;
      for (let sequence = 0; sequence < 6000; sequence += 50) {
        wait(1000);
        const packets = Array.from({ length: 50 }, (_, index) => ({ sequence: sequence + index }));
        last = receive(...packets).at(-1)!.sequence;
      }
      expect(last).toBe((sender.firstSequence + 5999) & 0xffff);
      // The first one might be a stray.
      const out = receive({ sequence: restart }, { sequence: restart + 1 }, { sequence: restart + 2 });
      expect(out.map(({ sequence }) => sequence)).toEqual([last + 1, last + 2].map((next) => next & 0xffff));
    }
  });

  test('video that numbers anew starts again with a key frame', () => {
    const { receive } = setup();
    const [before] = receive({ sequence: 10_000, payload: VP8_KEY_FRAME });
    const restart = [5000, 5001].map((sequence) => ({ sequence, payload: VP8_DELTA_FRAME }));
    expect(receive(...restart)).toEqual([]);
    const [after] = receive({ sequence: 5002, payload: VP8_KEY_FRAME });
    expect(after!.sequence).toBe((before!.sequence + 1) & 0xffff);
  });

  test('stays right over more than one round of sequence numbers', () => {
    const { receive, sender } = setup();
    receive({ sequence: 0, payload: VP8_KEY_FRAME });
    for (let sent = 1; sent < 70_000; sent += 50) {
      const packets = Array.from({ length: 50 }, (_, index) => ({
        sequence: (sent + index) & 0xffff,
        payload: VP8_DELTA_FRAME,
      }));
      const out = receive(...packets);
      if (out.length !== 50 || out[0]!.sequence !== ((sender.firstSequence + sent) & 0xffff)) {
        expect.fail(`packet ${sent} went out as ${JSON.stringify(out[0])}`);
      }
    }
  });
});

describe('simulcast', () => {
  /** A VP8 packet that starts a frame, with a 15-bit picture id and TL0PICIDX. */
  const frame = (pictureId: number, isKeyFrame: boolean) => {
    const descriptor = [0x90, 0xc0, 0x80 | (pictureId >> 8), pictureId & 0xff, pictureId & 0xff];
    return [...descriptor, ...(isKeyFrame ? VP8_KEY_FRAME.slice(1) : VP8_DELTA_FRAME.slice(1))];
  };
  const HIGH = 777;
  const simulcast = () => {
    const world = setup({ simulcast: true });
    world.receive({ sequence: 100, timestamp: 9000, payload: frame(50, true) });
    world.addReceiver('1', HIGH);
    return world;
  };

  test('goes up at a key frame only, and the lower layer is dropped from then on', () => {
    const { receive, receiveFrom, forwarder } = simulcast();
    expect(forwarder.layer).toBe(0);
    expect(receiveFrom(HIGH, { sequence: 1, timestamp: 500, payload: frame(900, false) })).toEqual([]);
    expect(receive({ sequence: 101, timestamp: 12_000, payload: frame(51, false) })).toHaveLength(1);
    expect(receiveFrom(HIGH, { sequence: 2, timestamp: 3500, payload: frame(901, true) })).toHaveLength(1);
    expect(forwarder.layer).toBe(1);
    expect(receive({ sequence: 102, timestamp: 15_000, payload: frame(52, true) })).toEqual([]);
  });

  test('numbers, time and picture ids go on over a switch', () => {
    const { receive, receiveFrom, wait } = simulcast();
    const [before] = receive({ sequence: 101, timestamp: 12_000, payload: frame(51, false) });
    wait(33);
    const [after] = receiveFrom(HIGH, { sequence: 40_000, timestamp: 777, payload: frame(20_000, true) });
    expect(after!.sequence).toBe((before!.sequence + 1) & 0xffff);
    expect((after!.timestamp - before!.timestamp) >>> 0).toBe(33 * 90);
    const pictureId = ({ prefix }: { prefix: number[] }) => ((prefix[2]! & 0x7f) << 8) | prefix[3]!;
    expect(pictureId(after!)).toBe(pictureId(before!) + 1);
    expect(after!.payloadBytes).toBe(VP8_KEY_FRAME.length - 1);
  });

  test('is not above the layer that is wanted, and comes down at a key frame of it', () => {
    const { receive, receiveFrom, forwarder } = simulcast();
    receiveFrom(HIGH, { sequence: 2, timestamp: 3500, payload: frame(901, true) });
    forwarder.setTarget(0, ALL_LAYERS);
    forwarder.setLiveLayers(0b11);
    expect(forwarder.keyFrameNeeded).toBe(0);
    expect(receiveFrom(HIGH, { sequence: 3, timestamp: 6500, payload: frame(902, false) })).toHaveLength(1);
    expect(receive({ sequence: 103, timestamp: 18_000, payload: frame(53, true) })).toHaveLength(1);
    expect(receiveFrom(HIGH, { sequence: 4, timestamp: 9500, payload: frame(903, true) })).toEqual([]);
    expect(forwarder.keyFrameNeeded).toBe(-1);
  });

  test('wants a key frame of the best layer that is left when its own dies', () => {
    const { receiveFrom, forwarder } = simulcast();
    receiveFrom(HIGH, { sequence: 2, timestamp: 3500, payload: frame(901, true) });
    forwarder.setLiveLayers(0b01);
    expect(forwarder.keyFrameNeeded).toBe(0);
  });

  test('a retransmission carries the renumbered descriptor', () => {
    const { receive, receiveFrom, resend } = simulcast();
    receive({ sequence: 101, timestamp: 12_000, payload: frame(51, false) });
    const [original] = receiveFrom(HIGH, { sequence: 2, timestamp: 3500, payload: frame(901, true) });
    const { sent } = resend(original!.sequence);
    expect(sent[0]!.prefix).toEqual(original!.prefix);
    expect(sent[0]!.payloadBytes).toBe(original!.payloadBytes);
  });
});

describe("VP8's temporal layers", () => {
  /** A picture of one packet: its number, the temporal layer, and whether a receiver may switch up to that here. */
  const picture = (id: number, temporalLayer: number, isSync = false, isKey = false): number[] => [
    0x90,
    0xe0,
    0x80 | (id >> 8),
    id & 0xff,
    id & 0xff,
    (temporalLayer << 6) | (isSync ? 0x20 : 0),
    isKey ? 0 : 1,
    0,
  ];
  const CYCLE = [0, 2, 1, 2];

  test.each([true, false])(
    'are left out without a gap where fewer are wanted (simulcast: %s)',
    (simulcast) => {
      const { receive, forwarder, sender } = setup({ simulcast });
      const send = (index: number) =>
        receive({
          sequence: 10 + index,
          payload: picture(300 + index, CYCLE[index % 4]!, false, index === 0),
        });
      const all = [0, 1, 2, 3].flatMap(send);
      expect(all).toHaveLength(4);
      forwarder.setTarget(ALL_LAYERS, 1);
      const some = [4, 5, 6, 7, 8, 9, 10].flatMap(send);
      expect(some.map(({ sequence }) => sequence - sender.firstSequence)).toEqual([4, 5, 6, 7]);
      const pictureIds = some.map(({ prefix }) => ((prefix[2]! & 0x7f) << 8) | prefix[3]!);
      expect(pictureIds).toEqual([304, 305, 306, 307]);
    },
  );

  test('come back where the publisher allows it', () => {
    const { receive, forwarder } = setup();
    receive({ sequence: 10, payload: picture(300, 0, false, true) });
    forwarder.setTarget(ALL_LAYERS, 0);
    // The picture that comes then may have begun before.
    expect(receive({ sequence: 11, payload: picture(301, 2) })).toHaveLength(1);
    expect(receive({ sequence: 12, payload: picture(302, 1) })).toEqual([]);
    forwarder.setTarget(ALL_LAYERS, ALL_LAYERS);
    expect(receive({ sequence: 13, payload: picture(303, 1) })).toEqual([]);
    expect(receive({ sequence: 14, payload: picture(304, 1, true) })).toHaveLength(1);
    expect(receive({ sequence: 15, payload: picture(305, 2, true) })).toHaveLength(1);
  });
});

describe('retransmission', () => {
  test('goes out as RTX with the original number inside', () => {
    const { receive, resend, sender } = setup();
    receive(
      { sequence: 10, payload: VP8_KEY_FRAME },
      { sequence: 11, timestamp: 90, marker: true, payload: VP8_DELTA_FRAME },
    );
    const { count, sent } = resend(sender.firstSequence + 1);
    expect(count).toBe(1);
    expect(sent[0]).toMatchObject({
      kind: TxKind.RTX,
      ssrc: sender.rtxSsrc,
      payloadType: 121,
      marker: true,
      extra: sender.firstSequence + 1,
    });
    expect(sent[0]!.timestamp).toBe(((sender.firstTimestamp | 0) + 90) >>> 0);
  });

  test('without RTX the packet goes out just as it was', () => {
    const { receive, resend, sender } = setup({ rtx: false });
    const [, original] = receive(
      { sequence: 10, payload: VP8_KEY_FRAME },
      { sequence: 11, payload: VP8_DELTA_FRAME },
    );
    const { sent } = resend(sender.firstSequence + 1);
    expect({ ...sent[0], extra: 0 }).toEqual({ ...original, extra: 0 });
  });

  test('is refused for packets never sent, for the same packet within a round trip, and for audio', () => {
    const { receive, resend, sender } = setup();
    receive({ sequence: 10, payload: VP8_KEY_FRAME });
    expect(resend(sender.firstSequence + 5, sender.firstSequence - 5).count).toBe(0);
    expect(resend(sender.firstSequence).count).toBe(1);
    expect(resend(sender.firstSequence).count).toBe(0);
    const audio = setup({ kind: 'audio' });
    audio.receive({ sequence: 1 });
    expect(audio.resend(audio.sender.firstSequence).count).toBe(0);
  });

  test('is refused for packets from before a pause, which would not be the same again', () => {
    const { receive, resend, forwarder, sender, wait } = setup({ rtx: false });
    receive({ sequence: 10, timestamp: 9000, payload: VP8_KEY_FRAME });
    forwarder.pause();
    wait(500);
    receive({ sequence: 11, timestamp: 9000, payload: VP8_KEY_FRAME });
    expect(resend(sender.firstSequence).count).toBe(0);
    expect(resend(sender.firstSequence + 1).count).toBe(1);
  });

  test('is refused for packets of an earlier source', () => {
    const { receive, receiveFrom, addReceiver, resend, sender } = setup();
    receive({ sequence: 10, payload: VP8_KEY_FRAME });
    addReceiver('1', 777);
    receiveFrom(777, { sequence: 10, payload: VP8_KEY_FRAME });
    expect(resend(sender.firstSequence).count).toBe(0);
    expect(resend(sender.firstSequence + 1).count).toBe(1);
  });
});

test("sender reports translate the publisher's clock", () => {
  const { receive, forwarder, stream, sender } = setup();
  receive({ sequence: 10, timestamp: 5000, payload: VP8_KEY_FRAME });
  expect(forwarder.clock()).toBeUndefined();
  stream().statistics.receiveSenderReport(
    {
      type: 'senderReport',
      ssrc: 500,
      ntpSeconds: 100,
      ntpFraction: 0,
      rtpTimestamp: 5000,
      packetCount: 1,
      octetCount: 1,
      reports: [],
    },
    1000,
  );
  const { reference, timestampOffset } = forwarder.clock()!;
  const report = sender.reports.build(reference, timestampOffset, 1000);
  expect(report).toMatchObject({
    ntpSeconds: 100,
    rtpTimestamp: (sender.firstTimestamp | 0) >>> 0,
    packetCount: 1,
  });
});
