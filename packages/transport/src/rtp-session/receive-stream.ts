import {
  extensionLength,
  findExtension,
  keyFrameDetector,
  readAudioLevel,
  type KeyFrameDetector,
} from '@parley/rtp';
import {
  RX,
  RX_DROPPED,
  RX_KEEP,
  RX_KEY_FRAME,
  RX_TWO_BYTE_EXTENSIONS,
  RX_WORDS,
  SLOT_SIZE,
} from '@parley/wire';
import type { PacketPool } from './kept-packets.js';
import type { NegotiatedCodec } from './negotiated-codec.js';
import type { RtpCounters } from './rtp-metrics.js';
import type { RtpReceiverParameters } from './rtp-receiver-parameters.js';
import {
  KeyFrameRequester,
  NackGenerator,
  PacketArrival,
  PacketHistory,
  ReceiveStatistics,
} from '../rtp/index.js';
import { TokenBucket } from '@parley/core';

/** The media section that a stream belongs to. */
export interface ReceiveStreamOwner {
  readonly kind: 'audio' | 'video';
  readonly parameters: RtpReceiverParameters;
  /** Loudness of a packet in −dBov: 0 is the loudest, 127 silence (RFC 6464). */
  onAudioLevel(level: number): void;
  requestKeyFrame(stream: ReceiveStream): void;
}

/**
 * Packets of a video stream kept for retransmission: two seconds at 2.5 Mbit/s, but no longer than a second unless its picture
 * stands still.
 */
const HISTORY = { capacity: 512, maxAge: 1000 };

/** Milliseconds between two looks at what the history need not keep any longer. */
const TRIM_INTERVAL = 200;

/** Packets a second of an audio stream, five times what speech has, and at once: all subscribers get all of them. */
const AUDIO_PACKETS = { rate: 250, burst: 500 };

/** Bytes of the audio level element that tell the level: the highest bit is voice activity (RFC 6464 section 3). */
const LEVEL_MASK = 0x7f;

/**
 * One received RTP stream: statistics, requests for what is missing, the packets kept for subscribers that miss them.
 *
 * What comes in is marked in its descriptor for whoever forwards it: dropped where it is a duplicate, and where a key
 * frame starts. `RX.EXTENSION` then tells no longer where all header extensions lie, but where that of video which matters to
 * others does: the dependency descriptor.
 */
export class ReceiveStream {
  readonly ssrc: number;
  /** RTP stream id (RFC 8852), empty without simulcast. */
  readonly rid: string;
  readonly receiver: ReceiveStreamOwner;
  readonly codecs: readonly NegotiatedCodec[];
  readonly clockRate: number;
  readonly statistics: ReceiveStatistics;
  readonly nack: NackGenerator;
  readonly keyFrames = new KeyFrameRequester();
  /** Of video only: audio is not sent again. */
  readonly history: PacketHistory | undefined;
  readonly #limit: TokenBucket | undefined;
  #trimmedAt = -Infinity;
  readonly #memory: PacketPool;
  readonly #counted: RtpCounters;
  readonly #isKeyFrame: (KeyFrameDetector | undefined)[] = [];

  /** Made by `RtpDemuxer` when the first packet of an SSRC comes. */
  constructor(
    ssrc: number,
    rid: string,
    receiver: ReceiveStreamOwner,
    memory: PacketPool,
    counted: RtpCounters,
  ) {
    this.ssrc = ssrc;
    this.rid = rid;
    this.receiver = receiver;
    this.codecs = receiver.parameters.codecs;
    this.clockRate = this.codecs[0]?.clockRate ?? 90_000;
    this.#memory = memory;
    this.#counted = counted;
    this.statistics = new ReceiveStatistics({ ssrc, clockRate: this.clockRate });
    this.nack = new NackGenerator(
      {
        onKeyFrameNeeded: () => {
          // Where the stream numbers anew, its numbers may mean other packets from now on.
          this.history?.clear();
          this.requestKeyFrame();
        },
      },
      counted.nack,
    );
    if (receiver.kind === 'audio') this.#limit = new TokenBucket(AUDIO_PACKETS.rate, AUDIO_PACKETS.burst, 0);
    if (receiver.kind === 'video') {
      this.history = new PacketHistory({ ...HISTORY, release: (slot) => memory.release(slot) });
      for (const { payloadType, mimeType } of this.codecs)
        this.#isKeyFrame[payloadType] = keyFrameDetector(mimeType);
    }
  }

  /** Where its packets lie. */
  get pool(): Uint8Array {
    return this.#memory.pool;
  }

  /** Whether so many more packets are no flood. Subscribers' links limit video, not audio. */
  allows(packets: number, now: number): boolean {
    return this.#limit?.take(packets, now) ?? true;
  }

  /** Asks the publisher for a key frame; throttled. */
  requestKeyFrame(): void {
    if (this.receiver.kind === 'video') this.receiver.requestKeyFrame(this);
  }

  /** Descriptors `first` to `last` (exclusive), all of this stream, or restored from its retransmissions. */
  receive(rx: Uint32Array, first: number, last: number, isRtx: boolean, now: number): void {
    this.keyFrames.heard(now);
    for (let at = first * RX_WORDS, end = last * RX_WORDS; at < end; at += RX_WORDS) {
      if (rx[at + RX.KIND] === RX_DROPPED) continue;
      const word = rx[at + RX.SEQUENCE]!;
      const sequence = word & 0xffff;
      let newer = false;
      if (!isRtx) {
        const arrival = this.statistics.receive(sequence, rx[at + RX.TIMESTAMP]!, now);
        newer = arrival === PacketArrival.NEWER;
        if (!newer && arrival !== PacketArrival.LATE) {
          this.#counted[arrival === PacketArrival.STRAY ? 'rtpStray' : 'rtpDuplicate'] += 1;
          rx[at + RX.KIND] = RX_DROPPED;
          continue;
        }
      }
      if (!this.nack.receive(sequence, now, isRtx)) {
        this.#counted.rtpOutdated += 1;
        rx[at + RX.KIND] = RX_DROPPED;
        continue;
      }
      if (this.history) this.#keep(rx, at, word, newer, now);
      else this.#readLevel(rx, at);
    }
  }

  /** When something is to be asked of the publisher, or packets may be let go; Infinity if nothing is due. */
  get deadline(): number {
    return Math.min(this.nack.deadline, this.keyFrames.deadline, this.#historyDeadline);
  }

  /** Releases what the history has kept for long enough. */
  handleTimeout(now: number): void {
    if (now < this.#historyDeadline) return;
    this.#trimmedAt = now;
    this.history?.handleTimeout(now, this.#memory.scarce);
  }

  get #historyDeadline(): number {
    return Math.max(this.history?.deadline ?? Infinity, this.#trimmedAt + TRIM_INTERVAL);
  }

  close(): void {
    this.history?.clear();
  }

  #keep(rx: Uint32Array, at: number, word: number, newer: boolean, now: number): void {
    const slot = rx[at + RX.SLOT]!;
    const payload = rx[at + RX.PAYLOAD]!;
    const detect = this.#isKeyFrame[(word >> 16) & 0x7f];
    // Nobody can start with a key frame that came late: the packets after its first have passed already.
    const isKeyFrame =
      newer && detect?.(this.#memory.pool, slot * SLOT_SIZE + (payload & 0xffff), payload >>> 16) === true;
    if (isKeyFrame) {
      rx[at + RX.FLAGS]! |= RX_KEY_FRAME;
      this.keyFrames.keyFrame();
      this.nack.keyFrame(word & 0xffff);
    }
    const dependencies = this.#findDependencies(rx, at);
    rx[at + RX.EXTENSION] = dependencies;
    // It is forwarded all the same, and cannot be sent again.
    if (this.#memory.full) {
      this.#counted.packetsNotKept += 1;
      return;
    }
    if (!this.history?.put(slot, word, rx[at + RX.TIMESTAMP]!, payload, now, dependencies)) return;
    if (isKeyFrame) this.history.keyFrame(word & 0xffff);
    this.#memory.keep();
    rx[at + RX.FLAGS]! |= RX_KEEP;
  }

  /** Where the packet's dependency descriptor lies, in the manner of `RX.PAYLOAD`; 0 without one. */
  #findDependencies(rx: Uint32Array, at: number): number {
    const id = this.receiver.parameters.extensions.dependencyDescriptor;
    const extension = rx[at + RX.EXTENSION]!;
    if (id === undefined || extension === 0) return 0;
    const { pool } = this.#memory;
    const slotOffset = rx[at + RX.SLOT]! * SLOT_SIZE;
    const twoByte = (rx[at + RX.FLAGS]! & RX_TWO_BYTE_EXTENSIONS) !== 0;
    const found = findExtension(pool, slotOffset + (extension & 0xffff), extension >>> 16, twoByte, id);
    return found < 0 ? 0 : (found - slotOffset) | (extensionLength(pool, found, twoByte) << 16);
  }

  #readLevel(rx: Uint32Array, at: number): void {
    const id = this.receiver.parameters.extensions.audioLevel;
    const extension = rx[at + RX.EXTENSION]!;
    if (id === undefined || extension === 0) return;
    const { pool } = this.#memory;
    const start = rx[at + RX.SLOT]! * SLOT_SIZE + (extension & 0xffff);
    const twoByte = (rx[at + RX.FLAGS]! & RX_TWO_BYTE_EXTENSIONS) !== 0;
    const found = findExtension(pool, start, extension >>> 16, twoByte, id);
    if (found < 0) return;
    const level = readAudioLevel(pool, found, twoByte);
    if (level >= 0) this.receiver.onAudioLevel(level & LEVEL_MASK);
  }
}
