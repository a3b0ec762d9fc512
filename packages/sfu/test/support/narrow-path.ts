import { createCounters } from '@parley/core';
import { parseRtcp } from '@parley/rtp';
import {
  rtpMetrics,
  PACKET_OVERHEAD,
  RtpDemuxer,
  RtpReceiver,
  RtpSender,
  SendBatch,
  SenderGroup,
  TransportFeedbackRecorder,
  type RtpReceiverParameters,
} from '@parley/transport';
import { TX } from '@parley/wire';
import type { Participant, Publication } from '@parley/sfu';
import { Link, type LinkOptions } from '../../../transport/test/congestion/link.js';
import { randomNumbers } from '../../../transport/test/random.js';
import { FakeWire, VP8_DELTA_FRAME, VP8_KEY_FRAME } from '../../../transport/test/support/received.js';
import { type Told, World } from './world.js';

const TRANSPORT_SEQUENCE = 3;
const NO_LAYER = -1;
const AUDIO_MARK = 99;
/** What a packet's last byte tells: ten times its video, and its layer. */
const VIDEO_MARKS = 10;
const FIRST_VIDEO_SSRC = 500;
const FRAME_INTERVAL = 1000 / 25;
const AUDIO_INTERVAL = 20;
const AUDIO_BYTES = 80;
const PACKET_BYTES = 1100;
const RIDS = ['q', 'h', 'f'];

/** What a subscriber got in some time. */
export interface Got {
  /** Audio packets, and those sent to it. */
  audio: number;
  audioSent: number;
  /** The longest that one was on its way, in milliseconds. */
  longestAudioDelay: number;
  /** Packets of the first video by the publisher's layer. */
  video: number[];
  /** Packets of each video, of whatever layer. */
  videos: number[];
}

export interface Video {
  source: 'camera' | 'screen_share';
  /** Of the layers, in bit/s, ascending; one for a video without layers. May change meanwhile. */
  bitrates: number[];
}

/**
 * A publisher of audio and of video in layers, an sfu, and a subscriber behind a link of limited rate, millisecond by
 * millisecond. Everything is the real thing but for the sockets.
 */
export class NarrowPath {
  readonly link: Link;
  readonly world = new World();
  readonly #told: Told;
  readonly #random: () => number;
  readonly #wire = new FakeWire({ slots: 4096, capacity: 4096 });
  readonly #batch = new SendBatch(this.#wire);
  readonly #demuxer: RtpDemuxer;
  readonly #group: SenderGroup;
  readonly #recorder = new TransportFeedbackRecorder({ interval: 50 });
  readonly #feedbackOnTheWay: { at: number; bytes: Uint8Array }[] = [];
  readonly #out = new Uint8Array(32_768);
  readonly #sequences = new Map<number, number>();
  readonly #videos: Video[] = [];
  readonly #publisher: Participant;
  readonly #subscriber: Participant;
  readonly #keyFrameWanted: boolean[] = [];
  /** Whether the subscriber's transport is connected. */
  isConnected = true;
  /** Whether the subscriber gives feedback on audio as well as on video. */
  readonly audioHasFeedback: boolean;
  /** Whether the subscriber takes retransmissions of the videos that are added from now on. */
  hasRtx = true;
  /** Share of feedback packets lost, 0–1. */
  feedbackLoss = 0;
  /** Switches of layers, pauses and resumptions that the subscriber saw. */
  changes = 0;
  readonly #layers = new Map<string, number>();
  #got: Got = emptyGot();
  #isUrgent = false;

  /** @param bitrates Of a camera's layers, in bit/s, ascending; one for a video without layers, none for no camera. */
  constructor(
    seed: number,
    bitrates: readonly number[],
    link: Partial<LinkOptions>,
    { audioHasFeedback = true } = {},
  ) {
    this.audioHasFeedback = audioHasFeedback;
    this.#random = randomNumbers(seed);
    this.link = new Link({ bitrate: 10_000_000, delay: 20, queue: 300, random: this.#random, ...link });
    this.#demuxer = new RtpDemuxer({
      packets: this.#wire,
      batch: this.#batch,
      counted: createCounters(rtpMetrics),
    });
    this.#group = new SenderGroup({
      batch: this.#batch,
      counted: createCounters(rtpMetrics),
      onUrgent: () => (this.#isUrgent = true),
    });
    const room = this.world.sfu.room('lobby');
    const alice = this.world.join(room, 'alice');
    const bob = this.world.join(room, 'bob');
    bob.transport.findBandwidth = () => this.#group.bandwidth;
    alice.connect();
    bob.connect();
    this.#told = bob.told;
    this.#publisher = alice.participant;
    this.#subscriber = bob.participant;
    const microphone = alice.participant.publish({
      kind: 'audio',
      source: 'microphone',
      name: 'mic',
      muted: false,
    });
    microphone.attach(this.#audioReceiver());
    this.#subscribe(microphone);
    if (bitrates.length > 0) this.addVideo({ source: 'camera', bitrates: [...bitrates] });
  }

  /** What the subscriber's front was told of the state of its streams. */
  get told(): string[] {
    return this.#told.lines.filter((line) => /^\w+ is (active|paused)$/.test(line));
  }

  get bandwidth() {
    return this.#group.bandwidth!;
  }

  /** The publisher sends another video, which the subscriber wants. */
  addVideo(video: Video): Publication {
    const index = this.#videos.push(video) - 1;
    const publication = this.#publisher.publish({
      kind: 'video',
      source: video.source,
      name: `${video.source} ${index}`,
      muted: false,
    });
    publication.attach(this.#videoReceiver(index));
    this.#subscribe(publication);
    return publication;
  }

  /** Goes on for some milliseconds. */
  run(duration: number): Got {
    this.#got = emptyGot();
    for (const end = this.world.now + duration; this.world.now < end; this.world.now++) this.#advance();
    return this.#got;
  }

  /** Goes on until a video packet of this layer arrives. Returns how long it took; Infinity if longer than the limit. */
  runUntilLayer(layer: number, limit: number): number {
    const start = this.world.now;
    while (this.world.now - start < limit) {
      if (this.run(20).video[layer]! > 0) return this.world.now - start;
    }
    return Infinity;
  }

  #advance(): void {
    const { now } = this.world;
    this.link.advance(now);
    this.#receiveFeedback(now);
    if (isDue(now, AUDIO_INTERVAL)) this.#publish(AUDIO_MARK, 100, AUDIO_BYTES, false);
    if (isDue(now, FRAME_INTERVAL)) this.#videos.forEach((_, index) => this.#publishFrames(index));
    if (now % 60 === 0) this.world.sfu.handleTimeout(now);
    if (now % 20 === 0) {
      for (const stream of this.#demuxer.streams) {
        stream.handleTimeout(now);
        if (stream.keyFrames.poll(now)) this.#keyFrameWanted[stream.ssrc - FIRST_VIDEO_SSRC] = true;
      }
      if (this.isConnected) this.#group.bandwidth?.handleTimeout(now);
    }
    if (this.isConnected && (now % 20 === 0 || (this.#isUrgent && now % 5 === 0)))
      this.#isUrgent = this.#group.pace(1, now);
    this.#flush(now);
    this.#writeFeedback(now);
    this.#countChanges();
  }

  #countChanges(): void {
    for (const { publication, layer, state } of this.#subscriber.subscriptions.values()) {
      const shown = state === 'paused' ? NO_LAYER : layer;
      // A video that waits for its key frame shows what it showed before.
      if (publication.kind === 'audio' || (shown === NO_LAYER && state === 'active')) continue;
      const before = this.#layers.get(publication.sid);
      if (before !== undefined && before !== shown) this.changes += 1;
      this.#layers.set(publication.sid, shown);
    }
  }

  #publishFrames(index: number): void {
    this.#videos[index]!.bitrates.forEach((bitrate, layer) =>
      this.#publishFrame(index * VIDEO_MARKS + layer, bitrate),
    );
  }

  #publishFrame(mark: number, bitrate: number): void {
    const isKeyFrame = this.#keyFrameWanted[mark] ?? true;
    this.#keyFrameWanted[mark] = false;
    const size = (bitrate / 8000) * FRAME_INTERVAL * (0.8 + 0.4 * this.#random());
    let left = size * (isKeyFrame ? 4 : 1);
    for (let first = true; left > 0; left -= PACKET_BYTES, first = false) {
      const bytes = Math.min(PACKET_BYTES, Math.max(20, left));
      this.#publish(mark, FIRST_VIDEO_SSRC + mark, bytes, first && isKeyFrame);
    }
  }

  /** One packet, whose last byte tells what it is of. */
  #publish(mark: number, ssrc: number, bytes: number, isKeyFrame: boolean): void {
    const { now } = this.world;
    const sequence = ((this.#sequences.get(ssrc) ?? 0) + 1) & 0xffff;
    this.#sequences.set(ssrc, sequence);
    const start = isKeyFrame ? VP8_KEY_FRAME : VP8_DELTA_FRAME;
    const payload = new Array<number>(Math.ceil(bytes)).fill(0);
    payload.splice(0, start.length, ...start);
    payload[payload.length - 1] = mark;
    const isAudio = mark === AUDIO_MARK;
    const { rx, count } = this.#wire.receive([
      {
        ssrc,
        sequence,
        payload,
        payloadType: isAudio ? 111 : 96,
        timestamp: (now * (isAudio ? 48 : 90)) >>> 0,
        ...(!isAudio && this.#extensions(mark)),
      },
    ]);
    this.#demuxer.receive(rx, 0, count, now);
  }

  #extensions(mark: number) {
    const index = Math.floor(mark / VIDEO_MARKS);
    if (this.#videos[index]!.bitrates.length === 1) return {};
    return {
      extensions: { 1: [...Buffer.from(videoMid(index))], 2: [...Buffer.from(RIDS[mark % VIDEO_MARKS]!)] },
    };
  }

  /** What the sfu wrote goes into the link. */
  #flush(now: number): void {
    this.#batch.flush();
    for (const words of this.#wire.sent.splice(0)) {
      const isPadding = words[TX.KIND] === 3;
      const bytes = isPadding
        ? words[TX.LENGTH]! + 44
        : (words[TX.LENGTH]! >>> 16) + (words[TX.PREFIX]! >>> 24) + PACKET_OVERHEAD;
      const at = isPadding ? words[TX.SOURCE]! + 17 : (words[TX.EXTENSION]! & 0xff_ffff) + 1;
      const isNumbered = isPadding || words[TX.EXTENSION]! > 0;
      const sequence = (this.#wire.scratch[at]! << 8) | this.#wire.scratch[at + 1]!;
      const end = words[TX.SOURCE]! * 1536 + (words[TX.LENGTH]! & 0xffff) + (words[TX.LENGTH]! >>> 16);
      const mark = isPadding ? -1 : this.#wire.pool[end - 1]!;
      if (mark === AUDIO_MARK) this.#got.audioSent += 1;
      this.link.send(bytes, now, (arrival) => {
        if (isNumbered) this.#recorder.receive(sequence, arrival * 1000);
        this.#arrived(mark, arrival - now);
      });
    }
  }

  #arrived(mark: number, delay: number): void {
    if (mark === AUDIO_MARK) {
      this.#got.audio += 1;
      this.#got.longestAudioDelay = Math.max(this.#got.longestAudioDelay, delay);
    } else if (mark >= 0) {
      if (mark < VIDEO_MARKS) this.#got.video[mark]! += 1;
      const index = Math.floor(mark / VIDEO_MARKS);
      this.#got.videos[index] = (this.#got.videos[index] ?? 0) + 1;
    }
  }

  #writeFeedback(now: number): void {
    if (now < this.#recorder.deadline) return;
    let offset = 0;
    for (const size of this.#recorder.write(this.#out, 0, 1180, 1, 2)) {
      const bytes = this.#out.slice(offset, offset + size);
      offset += size;
      if (!this.isConnected || this.#random() < this.feedbackLoss) continue;
      this.#feedbackOnTheWay.push({ at: now + this.link.options.delay, bytes });
    }
  }

  #receiveFeedback(now: number): void {
    while (this.#feedbackOnTheWay[0] !== undefined && this.#feedbackOnTheWay[0].at <= now) {
      const { bytes } = this.#feedbackOnTheWay.shift()!;
      for (const packet of parseRtcp(bytes, 0, bytes.length).packets) {
        if (packet.type === 'transportFeedback') this.#group.receiveFeedback(packet, now);
      }
    }
  }

  #audioReceiver(): RtpReceiver {
    return this.#receive({
      mid: '1',
      kind: 'audio',
      codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }],
      extensions: {},
      ssrcs: [100],
      rtxPairs: [],
      rids: [],
    });
  }

  #videoReceiver(index: number): RtpReceiver {
    const layers = this.#videos[index]!.bitrates.length;
    return this.#receive({
      mid: videoMid(index),
      kind: 'video',
      codecs: [{ mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 }],
      extensions: layers > 1 ? { mid: 1, rid: 2 } : {},
      ssrcs: layers > 1 ? [] : [FIRST_VIDEO_SSRC + index * VIDEO_MARKS],
      rtxPairs: [],
      rids: layers > 1 ? RIDS.slice(0, layers) : [],
    });
  }

  #receive(parameters: RtpReceiverParameters): RtpReceiver {
    const receiver = new RtpReceiver(parameters, {
      onClosed: () => undefined,
      requestKeyFrame: (stream) => stream.keyFrames.request(this.world.now),
    });
    this.#demuxer.addReceiver(receiver);
    return receiver;
  }

  #subscribe(publication: Publication): void {
    this.#subscriber.subscriptions.get(publication.sid)?.attach(this.#sender(publication));
  }

  #sender({ kind, sid }: Publication): RtpSender {
    const sender = new RtpSender(
      {
        mid: sid,
        kind,
        codecs: [
          kind === 'audio'
            ? { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000 }
            : {
                mimeType: 'video/VP8',
                payloadType: 96,
                clockRate: 90_000,
                ...(this.hasRtx && { rtxPayloadType: 97 }),
              },
        ],
        ...((kind === 'video' || this.audioHasFeedback) && { transportSequence: TRANSPORT_SEQUENCE }),
      },
      {
        wireSession: 1,
        random: (bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(this.#random() * 256)),
        onTransportSequence: (accepting, id) => this.#group.acceptTransportSequence(accepting, id),
        onClosed: (closed) => this.#group.remove(closed),
      },
    );
    this.#group.add(sender);
    return sender;
  }
}

function emptyGot(): Got {
  return { audio: 0, audioSent: 0, longestAudioDelay: 0, video: [0, 0, 0], videos: [] };
}

function videoMid(index: number): string {
  return String.fromCharCode(50 + index);
}

/** Whether a multiple of the interval lies in this millisecond. */
function isDue(now: number, interval: number): boolean {
  return Math.floor(now / interval) !== Math.floor((now - 1) / interval);
}
