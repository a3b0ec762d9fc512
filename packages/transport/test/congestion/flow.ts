import { parseRtcp } from '@parley/rtp';

import { CongestionController, PacketClass, Pacer } from '../../src/congestion/index.js';
import { TransportFeedbackRecorder } from '../../src/rtp/index.js';
import { Link } from './link.js';

export interface FlowOptions {
  link: Link;
  random: () => number;
  /** What the application sends for an estimate, in bit/s. Default: as much as that. */
  rate?: (estimate: number) => number;
  /** What the application would like to send, in bit/s. Default: anything. */
  wanted?: number;
  /** Share of feedback packets lost, 0–1. */
  feedbackLoss?: number;
  /** Milliseconds between feedback packets. */
  feedbackInterval?: number;
  /** Milliseconds that the receiver's clock is ahead. */
  clockOffset?: number;
  /** Share of time by which the receiver's clock is fast. */
  clockDrift?: number;
  startBitrate?: number;
}

const AUDIO_INTERVAL = 20;
const AUDIO_BYTES = 120;
const FRAME_INTERVAL = 1000 / 30;
const PACKET_BYTES = 1200;
const PADDING_BYTES = 240;

/** The pacer sends faster than the application, so that frames do not pile up. */
const PACING_FACTOR = 1.5;

/** Audio and video that follow the estimate, paced into a link, and a receiver that gives feedback. */
export class Flow {
  readonly controller: CongestionController;
  readonly options: FlowOptions;
  /** Bytes that arrived since the last `takeReceived`. */
  #received = 0;
  readonly #pacer: Pacer;
  readonly #recorder: TransportFeedbackRecorder;
  readonly #out = new Uint8Array(32_768);
  readonly #feedbackOnTheWay: { at: number; bytes: Uint8Array }[] = [];
  #nextAudio: number | undefined;
  #nextFrame = 0;
  #queuedVideo = 0;

  constructor(options: FlowOptions) {
    this.options = options;
    const startBitrate = options.startBitrate ?? 300_000;
    this.#pacer = new Pacer({ bitrate: startBitrate * PACING_FACTOR });
    this.#recorder = new TransportFeedbackRecorder({ interval: options.feedbackInterval ?? 50 });
    this.controller = new CongestionController({
      startBitrate,
      observer: {
        onEstimate: (bitrate, now) => {
          this.#pacer.setBitrate(bitrate * PACING_FACTOR, now);
        },
      },
    });
    this.controller.setRtt(options.link.options.delay * 2);
  }

  takeReceived(): number {
    const received = this.#received;
    this.#received = 0;
    return received;
  }

  advance(now: number): void {
    this.#receiveFeedback(now);
    if (now >= this.controller.deadline) this.controller.handleTimeout(now);
    this.#produce(now);
    this.#probe(now);
    this.#sendVideo(now);
    this.#writeFeedback(now);
  }

  #produce(now: number): void {
    if (this.#nextAudio === undefined) {
      // Real flows are not in step with each other.
      this.#nextAudio = now + this.options.random() * AUDIO_INTERVAL;
      this.#nextFrame = now + this.options.random() * FRAME_INTERVAL;
    }
    for (; this.#nextAudio <= now; this.#nextAudio += AUDIO_INTERVAL) {
      this.#pacer.allow(AUDIO_BYTES, now, PacketClass.AUDIO);
      this.#send(AUDIO_BYTES, now);
    }
    for (; this.#nextFrame <= now; this.#nextFrame += FRAME_INTERVAL) {
      const audio = (AUDIO_BYTES * 8000) / AUDIO_INTERVAL;
      const { estimate } = this.controller;
      const bitrate = Math.max(0, (this.options.rate?.(estimate) ?? estimate) - audio);
      const size = (bitrate / 8000) * FRAME_INTERVAL * (0.8 + 0.4 * this.options.random());
      // An encoder drops frames rather than send them half a second late.
      if (this.#queuedVideo < bitrate / 16) this.#queuedVideo += size;
    }
  }

  #sendVideo(now: number): void {
    while (this.#queuedVideo > 1) {
      const bytes = Math.ceil(Math.min(this.#queuedVideo, PACKET_BYTES));
      if (!this.#pacer.allow(bytes, now, PacketClass.VIDEO)) return;
      this.#queuedVideo -= bytes;
      this.#send(bytes, now);
    }
  }

  #probe(now: number): void {
    let left = this.controller.probe(now, this.options.wanted ?? Infinity);
    for (; left > 0; left -= PADDING_BYTES) this.#send(Math.min(left, PADDING_BYTES), now);
  }

  #send(bytes: number, now: number): void {
    const sequence = this.controller.packetSent(bytes, now);
    this.options.link.send(bytes, now, (arrival) => {
      this.#received += bytes;
      this.#recorder.receive(sequence, this.#receiverTime(arrival) * 1000);
    });
  }

  #writeFeedback(now: number): void {
    if (this.#receiverTime(now) < this.#recorder.deadline) return;
    let offset = 0;
    for (const size of this.#recorder.write(this.#out, 0, 1180, 1, 2)) {
      const bytes = this.#out.slice(offset, offset + size);
      offset += size;
      if (this.options.random() < (this.options.feedbackLoss ?? 0)) continue;
      this.#feedbackOnTheWay.push({ at: now + this.options.link.options.delay, bytes });
    }
  }

  #receiverTime(now: number): number {
    return now * (1 + (this.options.clockDrift ?? 0)) + (this.options.clockOffset ?? 0);
  }

  #receiveFeedback(now: number): void {
    while (this.#feedbackOnTheWay[0] !== undefined && this.#feedbackOnTheWay[0].at <= now) {
      const { bytes } = this.#feedbackOnTheWay.shift()!;
      for (const packet of parseRtcp(bytes, 0, bytes.length).packets) {
        if (packet.type === 'transportFeedback') this.controller.receiveFeedback(packet, now);
      }
    }
  }
}
