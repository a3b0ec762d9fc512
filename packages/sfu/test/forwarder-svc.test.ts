import { createCounters } from '@parley/core';
import { DependencyDescriptorParser, findExtension, extensionLength } from '@parley/rtp';
import {
  rtpMetrics,
  BandwidthControl,
  RtpDemuxer,
  RtpReceiver,
  RtpSender,
  SendBatch,
  type ReceiveStream,
} from '@parley/transport';
import { TX, TX_TWO_BYTE_EXTENSIONS, TxKind } from '@parley/wire';
import { describe, expect, test } from 'vitest';
import { Forwarder } from '../src/forwarder.js';
import { ALL_LAYERS, NO_LAYER } from '../src/layers/selection.js';
import {
  CHROMIUM_L3T3_KEY_FRAME,
  writeDescriptor,
} from '../../rtp/test/dependency-descriptor/descriptors.js';
import { FakeWire, type ReceivedRtp } from '../../transport/test/support/received.js';

type Packet = Omit<ReceivedRtp, 'ssrc'>;

const SSRC = 500;
const SOURCE_ID = 12;
const SUBSCRIBER_ID = 4;
const STAMP_ID = 3;

/** AV1 aggregation headers: the first packet of a coded video sequence, and others. */
const NEW_SEQUENCE = 0x08;
const GOES_ON = 0x00;

/** Templates of Chromium's structure for L3T3, per picture: the frame of each spatial layer. */
const KEY = [1, 6, 11];
const T2 = [3, 8, 13];
const T1 = [2, 7, 12];
const SECOND_T2 = [4, 9, 14];
const T0 = [0, 5, 10];

interface Options {
  codec?: 'AV1' | 'VP9';
  /** Whether the publisher and the subscriber have the dependency descriptor. */
  sends?: boolean;
  takes?: boolean;
  rtx?: boolean;
  paced?: boolean;
}

/** A publisher whose layers are all in one stream, and one subscriber. */
function setup({ codec = 'AV1', sends = true, takes = true, rtx = true, paced = false }: Options = {}) {
  const wire = new FakeWire();
  const batch = new SendBatch(wire);
  const demuxer = new RtpDemuxer({
    packets: wire,
    batch,
    counted: createCounters(rtpMetrics),
  });
  const mimeType = `video/${codec}`;
  const sender = new RtpSender(
    {
      mid: '3',
      kind: 'video',
      codecs: [{ mimeType, payloadType: 120, clockRate: 90_000, ...(rtx && { rtxPayloadType: 121 }) }],
      ...(takes && { dependencyDescriptor: SUBSCRIBER_ID }),
    },
    {
      wireSession: 4,
      random: (bytes) => new Uint8Array(bytes).fill(0xab),
      onTransportSequence: () => undefined,
      onClosed: () => undefined,
    },
  );
  if (paced) sender.bandwidth = new BandwidthControl({ extensionId: STAMP_ID, onRefused: () => undefined });
  const forwarder = new Forwarder(sender, { mimeType, layering: 'svc' });
  let now = 1000;
  let stream: ReceiveStream | undefined;
  const receiver = new RtpReceiver(
    {
      mid: '0',
      kind: 'video',
      codecs: [{ mimeType, payloadType: 96, clockRate: 90_000 }],
      extensions: sends ? { dependencyDescriptor: SOURCE_ID } : {},
      ssrcs: [SSRC],
      rtxPairs: [],
      rids: [],
    },
    { onClosed: () => undefined, requestKeyFrame: () => undefined },
  );
  receiver.addSink({
    onStream: (created) => (stream = created),
    onAudioLevel: () => undefined,
    onPackets: (source, rx, first, last) => forwarder.forward(0, source, rx, first, last, batch, now),
  });
  demuxer.addReceiver(receiver);

  const flush = () => {
    batch.flush();
    return wire.sent.splice(0).map((words) => {
      const extension = words[TX.EXTENSION]!;
      const isTwoByte = (extension & TX_TWO_BYTE_EXTENSIONS) !== 0;
      const element = (id: number) => {
        const at = findExtension(wire.scratch, extension & 0x7f_ffff, extension >>> 24, isTwoByte, id);
        return at < 0 ? undefined : wire.scratch.slice(at, at + extensionLength(wire.scratch, at, isTwoByte));
      };
      return {
        kind: words[TX.KIND]!,
        number: ((words[TX.SEQUENCE]! & 0xffff) - sender.firstSequence) & 0xffff,
        extra: (words[TX.EXTRA]! - sender.firstSequence) & 0xffff,
        isMarked: (words[TX.SEQUENCE]! & 0x80_0000) !== 0,
        payload: [...wire.pool.subarray(offsetOf(words), offsetOf(words) + (words[TX.LENGTH]! >>> 16))],
        isTwoByte,
        dependencies: element(SUBSCRIBER_ID),
        stamp: element(STAMP_ID),
      };
    });
  };
  const receive = (...packets: Packet[]) => {
    const { rx, count } = wire.receive(packets.map((packet) => ({ ...packet, ssrc: SSRC })));
    demuxer.receive(rx, 0, count, now);
    return flush();
  };
  return {
    sender,
    forwarder,
    receive,
    stream: () => stream!,
    resend: (...numbers: number[]) => {
      const asked = numbers.map((number) => (number + sender.firstSequence) & 0xffff);
      return { count: forwarder.resend(asked, batch, now), sent: flush() };
    },
    wait: (milliseconds: number) => (now += milliseconds),
    pace: () => {
      forwarder.pace(batch, now);
      return flush();
    },
  };
}

function offsetOf(words: Uint32Array): number {
  return words[TX.SOURCE]! * 1536 + (words[TX.LENGTH]! & 0xffff);
}

/** Chromium's pictures of three spatial layers, a packet each. */
class Pictures {
  sequence = 100;
  #frame = 0x0172;
  #timestamp = 0;

  /** Descriptors of the captured structure. */
  next(templates: readonly number[]): Packet[] {
    this.#timestamp += 6000;
    return templates.map((templateId, layer) => this.#packet(templateId, layer));
  }

  #packet(templateId: number, layer: number): Packet {
    const startsSequence = templateId === KEY[0];
    const frameNumber = this.#frame++ & 0xffff;
    const descriptor = startsSequence
      ? Uint8Array.from([0xc1, frameNumber >> 8, frameNumber & 0xff, ...CHROMIUM_L3T3_KEY_FRAME.subarray(3)])
      : writeDescriptor({ templateId, frameNumber });
    return {
      sequence: this.sequence++ & 0xffff,
      timestamp: this.#timestamp,
      marker: layer === 2,
      payload: [startsSequence ? NEW_SEQUENCE : GOES_ON, layer, frameNumber & 0xff],
      extensions: { [SOURCE_ID]: [...descriptor] },
    };
  }
}

/** A VP9 packet: a whole frame of one layer, by the payload descriptor in non-flexible mode. */
function vp9Packet(sequence: number, pictureId: number, layer: number, isKey = false): Packet {
  return {
    sequence,
    timestamp: 3000 * pictureId,
    marker: layer === 2,
    payload: [0xac | (isKey ? 0 : 0x40), 0x80, pictureId, (layer << 1) | (layer > 0 ? 1 : 0), 0, layer],
  };
}

function vp9Picture(pictureId: number, isKey = false): Packet[] {
  return [0, 1, 2].map((layer) => vp9Packet(3 * pictureId + layer, pictureId, layer, isKey));
}

describe('a stream with layers in it, by the dependency descriptor', () => {
  test('is sent again from its key frame on where it stands still and a higher layer is wanted', () => {
    const { forwarder, receive, stream, wait, pace } = setup();
    const pictures = new Pictures();
    forwarder.setTarget(0, ALL_LAYERS);
    receive(...pictures.next(KEY));
    receive(...pictures.next(T2));
    wait(60_000);
    stream().handleTimeout(61_000);
    forwarder.setTarget(2, ALL_LAYERS);
    expect(forwarder.keyFrameNeeded).toBe(0);
    forwarder.awaitKeyFrame([stream()], false);
    const sent = pace();
    expect(sent.map(({ payload }) => payload[1])).toEqual([0, 1, 2, 0, 1, 2]);
    expect(sent.map(({ number }) => number)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(forwarder.layer).toBe(2);
    expect(forwarder.keyFrameNeeded).toBe(-1);
  });

  test('is forwarded as it is to whoever wants all of it', () => {
    const { receive } = setup();
    const pictures = new Pictures();
    const sent = [KEY, T2, T1].flatMap((templates) => receive(...pictures.next(templates)));
    expect(sent.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(sent.map(({ isMarked }) => isMarked)).toEqual([0, 1, 2].flatMap(() => [false, false, true]));
    expect(Buffer.from(sent[0]!.dependencies!).equals(CHROMIUM_L3T3_KEY_FRAME)).toBe(true);
    // A structure does not fit the one-byte form.
    expect(sent.map(({ isTwoByte }) => isTwoByte)).toEqual(sent.map((_, index) => index === 0));
    expect(sent[4]!.dependencies).toHaveLength(3);
  });

  test('of which a layer is wanted is sent without a gap, each picture with its marker', () => {
    const { forwarder, receive } = setup();
    const pictures = new Pictures();
    forwarder.setTarget(1, ALL_LAYERS);
    const sent = [KEY, T2, T1].flatMap((templates) => receive(...pictures.next(templates)));
    expect(sent.map(({ payload }) => payload[1])).toEqual([0, 1, 0, 1, 0, 1]);
    expect(sent.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(sent.map(({ isMarked }) => isMarked)).toEqual([false, true, false, true, false, true]);
    expect(forwarder.layer).toBe(1);
    expect(forwarder.keyFrameNeeded).toBe(NO_LAYER);
  });

  test('tells the subscriber which decode targets there are for it', () => {
    const { forwarder, receive } = setup();
    const pictures = new Pictures();
    forwarder.setTarget(1, 0);
    const parser = new DependencyDescriptorParser();
    const seen = [KEY, T2, T1, SECOND_T2, T0]
      .flatMap((templates) => receive(...pictures.next(templates)))
      .map(({ dependencies }) => parser.parse(dependencies!, 0, dependencies!.length));
    expect(seen).toHaveLength(4);
    const { structure, activeDecodeTargets } = seen.at(-1)!;
    const active = Array.from({ length: structure.decodeTargetCount }, (_, target) => target).filter(
      (target) => (activeDecodeTargets >> target) & 1,
    );
    const layers = active.map((target) => [
      structure.decodeTargetSpatialLayers[target],
      structure.decodeTargetTemporalLayers[target],
    ]);
    expect(layers.toSorted()).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  test('goes down at once and up with a key frame, of which it tells the need', () => {
    const { forwarder, receive } = setup();
    const pictures = new Pictures();
    const layers = (templates: readonly number[]) =>
      receive(...pictures.next(templates)).map(({ payload }) => payload[1]);
    expect(layers(KEY)).toEqual([0, 1, 2]);
    forwarder.setTarget(0, ALL_LAYERS);
    for (const templates of [T2, T1, SECOND_T2, T0]) expect(layers(templates)).toEqual([0]);
    forwarder.setTarget(2, ALL_LAYERS);
    expect(layers(T2)).toEqual([0]);
    expect(forwarder.keyFrameNeeded).toBe(0);
    expect(layers(KEY)).toEqual([0, 1, 2]);
    expect(forwarder.keyFrameNeeded).toBe(NO_LAYER);
  });

  test('what a layer lost on its way in stays visible; what comes late and is not wanted goes out empty', () => {
    const { forwarder, receive } = setup();
    const pictures = new Pictures();
    forwarder.setTarget(0, ALL_LAYERS);
    receive(...pictures.next(KEY));
    const [first, second, third] = pictures.next(T2);
    const next = pictures.next(T1);
    expect(receive(third!, ...next).map(({ number }) => number)).toEqual([3]);
    const [late, empty] = receive(first!, second!);
    expect(late).toMatchObject({ number: 1, payload: first!.payload });
    expect(empty).toMatchObject({ number: 2, payload: [] });
  });

  test('a retransmission carries the descriptor and the marker of the packet', () => {
    const { forwarder, receive, resend } = setup();
    const pictures = new Pictures();
    forwarder.setTarget(1, ALL_LAYERS);
    const [, original] = receive(...pictures.next(KEY), ...pictures.next(T2));
    const { sent } = resend(1);
    expect(sent).toMatchObject([{ kind: TxKind.RTX, extra: 1, isMarked: true, payload: original!.payload }]);
    expect(sent[0]!.dependencies).toEqual(original!.dependencies);
  });

  test('without RTX nothing is sent again: its descriptor might be another under the same number', () => {
    const { receive, resend } = setup({ rtx: false });
    receive(...new Pictures().next(KEY));
    expect(resend(1)).toMatchObject({ count: 0, sent: [] });
  });

  test('the transport-wide number stands beside the descriptor, in the form of the longer of them', () => {
    const { receive } = setup({ paced: true });
    const pictures = new Pictures();
    const sent = [...receive(...pictures.next(KEY)), ...receive(...pictures.next(T2))];
    expect(sent.map(({ stamp }) => stamp?.length)).toEqual(sent.map(() => 2));
    expect(sent.map(({ stamp }) => stamp![1]! - sent[0]!.stamp![1]!)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(sent.map(({ isTwoByte }) => isTwoByte)).toEqual([true, false, false, false, false, false]);
  });

  test('padding takes no number', () => {
    const { receive } = setup();
    const pictures = new Pictures();
    receive(...pictures.next(KEY));
    expect(receive({ sequence: pictures.sequence++, payload: [] })).toEqual([]);
    expect(receive(...pictures.next(T2)).map(({ number }) => number)).toEqual([3, 4, 5]);
  });

  test('whoever does not take the descriptor gets the lowest layer of AV1, which is all it can tell apart', () => {
    const { forwarder, receive } = setup({ takes: false });
    const pictures = new Pictures();
    forwarder.setTarget(2, ALL_LAYERS);
    const sent = [KEY, T2].flatMap((templates) => receive(...pictures.next(templates)));
    expect(sent.map(({ payload }) => payload[1])).toEqual([0, 0]);
    expect(sent.every(({ isMarked, dependencies }) => isMarked && dependencies === undefined)).toBe(true);
    expect(forwarder.keyFrameNeeded).toBe(NO_LAYER);
  });

  test('AV1 without any descriptor is forwarded whole', () => {
    const { receive } = setup({ sends: false });
    const sent = receive(
      { sequence: 1, payload: [NEW_SEQUENCE, 1] },
      { sequence: 2, payload: [GOES_ON, 2], marker: true },
    );
    expect(sent.map(({ number, isMarked }) => [number, isMarked])).toEqual([
      [0, false],
      [1, true],
    ]);
  });

  test('begins anew after a pause, behind the numbers that were sent', () => {
    const { forwarder, receive } = setup();
    const pictures = new Pictures();
    receive(...pictures.next(KEY));
    forwarder.pause();
    expect(receive(...pictures.next(T2))).toEqual([]);
    expect(forwarder.keyFrameNeeded).toBe(0);
    expect(receive(...pictures.next(KEY)).map(({ number }) => number)).toEqual([3, 4, 5]);
  });
});

describe("VP9 with layers in it, by its payload's descriptor", () => {
  test('of which a layer is wanted is sent without a gap, each picture with its marker', () => {
    const { forwarder, receive } = setup({ codec: 'VP9', sends: false });
    forwarder.setTarget(1, ALL_LAYERS);
    const sent = [
      ...receive(...vp9Picture(1, true)),
      ...receive(...vp9Picture(2)),
      ...receive(...vp9Picture(3)),
    ];
    expect(sent.map(({ payload }) => payload.at(-1))).toEqual([0, 1, 0, 1, 0, 1]);
    expect(sent.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(sent.map(({ isMarked }) => isMarked)).toEqual([false, true, false, true, false, true]);
  });

  test('goes down with the next picture and up with a key picture', () => {
    const { forwarder, receive } = setup({ codec: 'VP9', sends: false });
    const layers = (pictureId: number, isKey = false) =>
      receive(...vp9Picture(pictureId, isKey)).map(({ payload }) => payload.at(-1));
    expect(layers(1, true)).toEqual([0, 1, 2]);
    forwarder.setTarget(0, ALL_LAYERS);
    expect(layers(2)).toEqual([0]);
    forwarder.setTarget(2, ALL_LAYERS);
    expect(layers(3)).toEqual([0]);
    expect(forwarder.keyFrameNeeded).toBe(0);
    expect(layers(4, true)).toEqual([0, 1, 2]);
  });

  test('payloads are not touched: they may be encrypted end to end', () => {
    const { receive } = setup({ codec: 'VP9', sends: false });
    const packets = vp9Picture(1, true).map((packet) => ({
      ...packet,
      payload: [...packet.payload!, 0xde, 0xad, 0xbe, 0xef],
    }));
    expect(receive(...packets).map(({ payload }) => payload)).toEqual(packets.map(({ payload }) => payload));
  });
});
