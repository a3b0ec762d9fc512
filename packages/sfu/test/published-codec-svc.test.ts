import { createCounters } from '@parley/core';
import {
  rtpMetrics,
  PACKET_OVERHEAD,
  RtpDemuxer,
  RtpReceiver,
  SendBatch,
  type PacketSink,
} from '@parley/transport';
import { describe, expect, test } from 'vitest';
import { PublishedCodec } from '../src/published-codec.js';
import {
  CHROMIUM_L3T3_KEY_FRAME,
  writeDescriptor,
} from '../../rtp/test/dependency-descriptor/descriptors.js';
import { FakeWire } from '../../transport/test/support/received.js';

const EXTENSION_ID = 12;
const PAYLOAD = Array.from({ length: 186 }, () => 0);
/** Of one packet. */
const BITS = 8 * (PAYLOAD.length + PACKET_OVERHEAD);

function setup(mimeType: string, rids: readonly string[] = []) {
  const wire = new FakeWire();
  const batch = new SendBatch(wire);
  const demuxer = new RtpDemuxer({ packets: wire, batch, counted: createCounters(rtpMetrics) });
  const receiver = new RtpReceiver(
    {
      mid: '0',
      kind: 'video',
      codecs: [{ mimeType, payloadType: 96, clockRate: 90_000 }],
      extensions: { dependencyDescriptor: EXTENSION_ID },
      ssrcs: [500],
      rtxPairs: [],
      rids,
    },
    { onClosed: () => undefined, requestKeyFrame: () => undefined },
  );
  const codec = new PublishedCodec('video', mimeType, []);
  let now = 0;
  const sink: PacketSink = {
    onStream: (stream) => codec.addStream(stream),
    onAudioLevel: () => undefined,
    onPackets: (stream, rx, first, last) => codec.track(codec.layerOf(stream), stream, rx, first, last, now),
  };
  codec.attach(receiver, sink);
  demuxer.addReceiver(receiver);
  let sequence = 0;
  const receive = (dependencies: Uint8Array, marker: boolean) => {
    const extensions = { [EXTENSION_ID]: [...dependencies] };
    const { rx, count } = wire.receive([
      { ssrc: 500, sequence: sequence++, marker, payload: PAYLOAD, extensions },
    ]);
    demuxer.receive(rx, 0, count, now);
  };
  /** Ten pictures a second of three spatial layers, of one, two and four packets, in temporal layers 0 and 2 by turns. */
  const play = (pictures: number) => {
    for (let picture = 0; picture < pictures; picture++) {
      const [first, ...others] = picture % 2 === 0 ? [1, 6, 11] : [3, 8, 13];
      const frameNumber = 3 * picture;
      if (picture === 0)
        receive(Uint8Array.from([0xc1, 0, 0, ...CHROMIUM_L3T3_KEY_FRAME.subarray(3)]), false);
      else receive(writeDescriptor({ templateId: first, frameNumber }), false);
      others.forEach((templateId, index) => {
        const packets = 2 ** (index + 1);
        for (let packet = 1; packet <= packets; packet++) {
          const descriptor = { templateId, frameNumber: frameNumber + index + 1 };
          receive(writeDescriptor(descriptor), index === 1 && packet === packets);
        }
      });
      now += 100;
      codec.updateLiveLayers(now);
      codec.updateFrameRates(now);
    }
  };
  return { codec, play };
}

describe('a codec with its layers in one stream', () => {
  test.each(['video/VP9', 'video/AV1'])('has bitrates that add up from layer to layer (%s)', (mimeType) => {
    const { codec, play } = setup(mimeType);
    expect(codec.layering).toBe('svc');
    play(60);
    expect(codec.layerBitrates.map((bitrate) => Math.round(bitrate / BITS))).toEqual([10, 30, 70]);
    expect(codec.isLive).toBe(true);
  });

  test('knows which temporal layers bring how many pictures', () => {
    const { codec, play } = setup('video/AV1');
    play(60);
    expect([4, 5, 9, 20].map((fps) => codec.temporalLayerFor(fps))).toEqual([0, 0, 2, 7]);
  });
});

test.each([
  ['video/VP8', [], 'single'],
  ['video/VP8', ['q', 'h', 'f'], 'simulcast'],
  ['video/VP9', [], 'svc'],
  ['video/AV1', ['q', 'h', 'f'], 'simulcast'],
  ['video/H264', [], 'single'],
])('%s with the streams %j is %s', (mimeType, rids, layering) => {
  expect(setup(mimeType, rids).codec.layering).toBe(layering);
});
