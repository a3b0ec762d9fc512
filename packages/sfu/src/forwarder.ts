import { createCounters } from '@parley/core';
import {
  createVp8Descriptor,
  isSameMimeType,
  MimeType,
  parseVp8Descriptor,
  type Vp8Descriptor,
} from '@parley/rtp';
import {
  PacketClass,
  type ClockReference,
  type PacketHistory,
  type ReceiveStream,
  type RtpSender,
  type SendBatch,
} from '@parley/transport';
import { RX, RX_KEY_FRAME, RX_WORDS, RxKind, TxKind } from '@parley/wire';
import { ALL_LAYERS, NO_LAYER, Selection } from './layers/selection.js';
import { SimulcastSelector } from './layers/simulcast-selector.js';
import { SvcSelector } from './layers/svc-selector.js';
import { switchedTimestampOffset } from './layers/timestamp-alignment.js';
import { PacingQueue } from './pacing-queue.js';
import { PacketWriter } from './packet-writer.js';
import { RED_MALFORMED, RedStripper } from './red-stripper.js';
import { NO_NUMBER, SequenceNumberMap } from './sequence-number-map.js';
import { forwardingMetrics, type ForwardingCounters } from './sfu-metrics.js';
import { SourcePacket } from './source-packet.js';
import { StillPicture } from './still-picture.js';
import { VP8_DROPPED, Vp8Munger } from './vp8-munger.js';

/** How a video's spatial layers come: there is one, each is a stream of its own, or all are in one stream (SVC). */
export type Layering = 'single' | 'simulcast' | 'svc';

export interface ForwarderOptions {
  /** The codec forwarded. */
  readonly mimeType: string;
  readonly layering: Layering;
}

/** Packets whose numbers are known: of video those that are kept to be sent again, and what came between. */
const VIDEO_NUMBERS = 1024;
const AUDIO_NUMBERS = 128;

/** One packet is handled at a time; so is one VP8 descriptor. */
const packet = new SourcePacket();
const vp8: Vp8Descriptor = createVp8Descriptor();

/**
 * Forwards a publication to one subscriber: of its layers those that are chosen, with new SSRC, payload type, sequence
 * numbers and timestamps.
 *
 * `SimulcastSelector` chooses the stream, `SvcSelector` the layers within a stream, `Vp8Munger` VP8's temporal layers; what
 * they leave out takes no sequence number. A packet gets its number when it comes, and may then have to wait for the pacer.
 *
 * A picture that stands still is sent from what is kept of it, as its publisher has no key frame to send.
 */
export class Forwarder {
  readonly #sender: RtpSender;
  readonly #counted: ForwardingCounters;
  readonly #isVp8: boolean;
  readonly #isVp9: boolean;
  readonly #selector = new SimulcastSelector();
  readonly #svc: SvcSelector | undefined;
  /** Set where layers may be switched and the codec numbers its pictures. */
  #munger: Vp8Munger | undefined;
  /** Set where the subscriber does not take the stream's RED. */
  #red: RedStripper | undefined;
  readonly #numbers: SequenceNumberMap;
  readonly #writer: PacketWriter;
  readonly #waiting = new PacingQueue();
  readonly #still = new StillPicture();
  /** By layer, where a key frame is waited for; and whether the subscriber asked for it. */
  #awaited: readonly (ReceiveStream | undefined)[] | undefined;
  #isMissed = false;
  #targetLayer: number = ALL_LAYERS;
  /** What is forwarded at present, or was before a pause. */
  #stream: ReceiveStream | undefined;
  /** Of the newest packet, as the subscriber saw it. */
  #lastTimestamp = 0;
  #lastTime = 0;

  /** @param counted What is counted together with other forwarders. Default counters of its own. */
  constructor(
    sender: RtpSender,
    { mimeType, layering }: ForwarderOptions,
    counted: ForwardingCounters = createCounters(forwardingMetrics),
  ) {
    this.#sender = sender;
    this.#counted = counted;
    this.#writer = new PacketWriter(sender);
    const remembered = sender.kind === 'video' ? VIDEO_NUMBERS : AUDIO_NUMBERS;
    this.#numbers = new SequenceNumberMap(remembered, sender.firstSequence);
    this.#lastTimestamp = sender.firstTimestamp;
    this.#isVp8 = isSameMimeType(mimeType, MimeType.VP8);
    this.#isVp9 = isSameMimeType(mimeType, MimeType.VP9);
    if (layering === 'simulcast' && this.#isVp8) this.#munger = new Vp8Munger();
    if (layering === 'svc') {
      // Nothing but the dependency descriptor tells receivers of AV1 the layers of a picture apart.
      const needsDescriptor = !this.#isVp9 && sender.dependencyDescriptor === undefined;
      this.#svc = new SvcSelector(needsDescriptor ? 0 : ALL_LAYERS);
    }
    this.setTarget(ALL_LAYERS, ALL_LAYERS);
  }

  /** The spatial layer forwarded at present; -1 for none. */
  get layer(): number {
    const { current } = this.#selector;
    return this.#svc && current !== NO_LAYER ? this.#svc.spatialLayer : current;
  }

  /** The layer of which a key frame is needed to get where the subscriber should be; -1 where it is there, or for audio. */
  get keyFrameNeeded(): number {
    if (this.#sender.kind === 'audio') return NO_LAYER;
    const needed = this.#selector.keyFrameNeeded;
    const isRunning = needed === NO_LAYER && this.#selector.current !== NO_LAYER;
    return isRunning && this.#svc?.needsKeyFrame === true ? 0 : needed;
  }

  /**
   * Forwards these layers at most, from where the stream allows it; -1 for no spatial layer, at once.
   *
   * @param temporalLayer Where the codec tells them apart.
   */
  setTarget(spatialLayer: number, temporalLayer: number): void {
    if (spatialLayer !== this.#targetLayer) this.#still.allowAgain();
    this.#targetLayer = spatialLayer;
    this.#selector.setTarget(this.#svc ? Math.min(spatialLayer, 0) : spatialLayer);
    this.#svc?.setTarget(spatialLayer, temporalLayer);
    if (spatialLayer === NO_LAYER) this.#forgetSent();
    if (temporalLayer !== ALL_LAYERS && this.#isVp8) this.#munger ??= this.#joiningMunger();
    this.#munger?.setMaxTemporalLayer(temporalLayer);
  }

  /** @param mask Bitmask of the layers that the publisher sends. */
  setLiveLayers(mask: number): void {
    this.#selector.setLiveLayers(this.#svc ? Math.min(mask, 1) : mask);
  }

  /** Stops until the next key frame (audio: packet). */
  pause(): void {
    this.#selector.restart();
    this.#forgetSent();
  }

  /**
   * A key frame is being waited for, or was asked for by the subscriber, who sees nothing. If the picture stands still none
   * will come: then what is kept of it is sent soon.
   *
   * @param streams By layer.
   */
  awaitKeyFrame(streams: readonly (ReceiveStream | undefined)[], isMissed: boolean): void {
    if (this.#sender.kind === 'audio') return;
    this.#awaited = streams;
    this.#isMissed ||= isMissed;
    this.#sender.wake(0);
  }

  /**
   * Writes send descriptors for the received packets `first` to `last` (exclusive), all of one stream.
   *
   * @param layer Which of the publication's streams it is, in the order of the layers.
   */
  forward(
    layer: number,
    stream: ReceiveStream,
    rx: Uint32Array,
    first: number,
    last: number,
    batch: SendBatch,
    now: number,
  ): void {
    let running = layer === this.#selector.current && stream === this.#stream;
    const isAudio = this.#sender.kind === 'audio';
    for (let at = first * RX_WORDS, end = last * RX_WORDS; at < end; at += RX_WORDS) {
      if (rx[at + RX.KIND] !== RxKind.RTP) continue;
      if (running && this.#numbers.isFar(rx[at + RX.SEQUENCE]! & 0xffff)) {
        // Its old numbers were given out: none may go out again with another packet, nor may they jump too far.
        this.pause();
        running = false;
      }
      const starts =
        !running && this.#starts(layer, stream, isAudio || (rx[at + RX.FLAGS]! & RX_KEY_FRAME) !== 0);
      if (!running && !starts) continue;
      packet.readReceived(stream, rx, at);
      if (starts) {
        this.#still.end();
        this.#start(stream, now);
      } else if (this.#still.isShown) packet.timestamp = this.#still.follow(packet.timestamp);
      running = true;
      if (!this.#writer.hasCodec(packet)) this.#counted.noCodec += 1;
      else if (!this.#forwardOne(batch, now)) return;
    }
    if (running) this.#lastTime = now;
  }

  /** Sends a still picture that is due, and packets that waited for the pacer, as far as it lets them; returns whether others wait on. */
  pace(batch: SendBatch, now: number): boolean {
    if (this.#awaited) this.#showStill(this.#awaited, batch, now);
    if (now >= this.#still.repeatAt) this.#repeatStill(batch, now);
    const { bandwidth } = this.#sender;
    const stream = this.#stream;
    const history = stream?.history;
    const waiting = this.#waiting;
    while (bandwidth && stream && history && waiting.size > 0) {
      const entry = history.find(waiting.sequence);
      const outgoing = this.#numbers.find(waiting.sequence);
      if (entry >= 0 && outgoing !== NO_NUMBER) {
        packet.readHistory(stream, history, entry, waiting.isKeyFrame);
        packet.timestamp = this.#still.timestampOf(packet.timestamp);
        if (!bandwidth.allows(packet.payloadSize, now, PacketClass.VIDEO)) return true;
        const room = this.#writer.reserve(batch);
        const prefixSize = this.#rewrite(batch, room);
        if (prefixSize >= 0) this.#send(outgoing, room, prefixSize, batch, now);
      } else this.#counted.pacerOutdated += 1;
      waiting.shift();
    }
    return false;
  }

  /**
   * Sends packets again that the subscriber misses, from the stream's history: as RTX, or where that was not negotiated
   * just as they were.
   * @returns how many of them; the others are too old, or were asked for too often.
   */
  resend(sequences: readonly number[], batch: SendBatch, now: number): number {
    const stream = this.#stream;
    const history = stream?.history;
    if (!stream || !history) return 0;
    const { sequencer, bandwidth, dependencyDescriptor } = this.#sender;
    let sent = 0;
    for (const outgoing of sequences) {
      const original = sequencer.retransmit(outgoing, now);
      const entry = original < 0 ? -1 : history.find(original);
      if (entry < 0 || this.#numbers.find(original) !== outgoing) continue;
      packet.readHistory(stream, history, entry, false);
      packet.timestamp = this.#still.timestampOf(packet.timestamp);
      const isRtx = this.#writer.hasRtx(packet);
      // With header extensions of its own it would be another packet under the same number: the cipher must not see that
      // (RFC 7714 section 8.1).
      const hasDescriptor = this.#svc !== undefined && dependencyDescriptor !== undefined;
      const hasExtensions = bandwidth?.isNumbering === true || hasDescriptor;
      if (!isRtx && hasExtensions) continue;
      if (bandwidth?.allows(packet.payloadSize, now, PacketClass.RETRANSMISSION) === false) {
        sequencer.giveBack(outgoing);
        continue;
      }
      const room = this.#writer.reserve(batch);
      const prefixSize = this.#rewrite(batch, room);
      if (prefixSize < 0) continue;
      this.#write(isRtx ? TxKind.RTX : TxKind.RTP, outgoing, room, prefixSize, batch, now);
      sent += 1;
    }
    return sent;
  }

  /** Implements the clock of `RtpSenderObserver`. */
  clock(): { reference: ClockReference; timestampOffset: number } | undefined {
    const reference = this.#stream?.statistics.clockReference;
    return reference && { reference, timestampOffset: -this.#writer.timestampOffset };
  }

  /**
   * What was sent is not sent again: before the stream goes on its numbers may mean other packets. Nor is what waits, whose
   * numbers are given to others.
   */
  #forgetSent(): void {
    this.#waiting.clear();
    this.#sender.sequencer.clear();
  }

  /** Sends what is kept of the best layer that stands still and is better than what the subscriber sees. */
  #showStill(streams: readonly (ReceiveStream | undefined)[], batch: SendBatch, now: number): void {
    const { current } = this.#selector;
    const isMissed = this.#isMissed || current === NO_LAYER;
    this.#awaited = undefined;
    this.#isMissed = false;
    const highest = Math.max(this.keyFrameNeeded, isMissed ? current : NO_LAYER);
    const lowest = isMissed || this.#svc !== undefined ? current : current + 1;
    for (let layer = Math.min(highest, streams.length - 1); layer >= Math.max(lowest, 0); layer--) {
      const stream = streams[layer];
      const first = stream?.history?.stillPicture(now) ?? NO_NUMBER;
      if (!stream?.history || first === NO_NUMBER) continue;
      if (!this.#still.allows(stream, first, isMissed, now)) return;
      this.#sendKept(layer, stream, stream.history, first, batch, now);
      return;
    }
  }

  #repeatStill(batch: SendBatch, now: number): void {
    const { current } = this.#selector;
    const history = this.#stream?.history;
    const first = history?.stillPicture(now) ?? NO_NUMBER;
    if (current === NO_LAYER || !this.#stream || !history || first === NO_NUMBER) this.#still.end();
    else this.#sendKept(current, this.#stream, history, first, batch, now);
  }

  #sendKept(
    layer: number,
    stream: ReceiveStream,
    history: PacketHistory,
    first: number,
    batch: SendBatch,
    now: number,
  ): void {
    this.#still.begin(stream, history, first, now);
    if (layer === this.#selector.current) this.pause();
    if (this.#selector.select(layer, true) !== Selection.SWITCH) return;
    for (let sequence = first; ; sequence = (sequence + 1) & 0xffff) {
      packet.readHistory(stream, history, history.find(sequence), sequence === first);
      packet.timestamp = this.#still.timestampOf(packet.timestamp);
      if (sequence === first) this.#start(stream, now);
      if (this.#writer.hasCodec(packet) && !this.#forwardOne(batch, now)) return;
      if (sequence === history.newest) break;
    }
    this.#lastTime = now;
    if (this.#still.repeatAt < Infinity) this.#sender.wake(this.#still.repeatAt);
  }

  /** Whether a packet of this stream may be the first of it to be forwarded. */
  #starts(layer: number, stream: ReceiveStream, canStart: boolean): boolean {
    // The layer's stream was replaced by another, as when its SSRC changed.
    if (layer === this.#selector.current && stream !== this.#stream) this.pause();
    return this.#selector.select(layer, canStart) === Selection.SWITCH;
  }

  /** With this packet. */
  #start(stream: ReceiveStream, now: number): void {
    const previous = this.#stream;
    const { sequence, timestamp } = packet;
    this.#forgetSent();
    this.#numbers.start(sequence);
    this.#writer.timestampOffset = previous
      ? switchedTimestampOffset({
          clockRate: stream.clockRate,
          previousOffset: this.#writer.timestampOffset,
          previousReference: previous.statistics.clockReference,
          reference: stream.statistics.clockReference,
          timestamp,
          lastTimestamp: this.#lastTimestamp,
          elapsed: now - this.#lastTime,
        })
      : (timestamp - this.#lastTimestamp) | 0;
    this.#munger?.restart();
    this.#svc?.start(packet, this.#isVp9);
    this.#stream = stream;
    if (stream === previous) return;
    this.#red = RedStripper.between(stream.codecs, this.#sender);
    this.#writer.setCodecs(stream.codecs, this.#red?.payloadType);
  }

  /** Sends the packet, has it wait, or leaves it out. Returns false where forwarding stops until the next key frame. */
  #forwardOne(batch: SendBatch, now: number): boolean {
    const { bandwidth, kind } = this.#sender;
    const { sequence } = packet;
    const room = this.#writer.reserve(batch);
    const prefixSize = this.#rewrite(batch, room);
    const selection = this.#svc?.select(packet) ?? Selection.FORWARD;
    if (prefixSize < 0 || selection === Selection.DROP) {
      this.#leaveOut(sequence, batch, now);
      return true;
    }
    if (this.#numbers.isNewer(sequence))
      this.#lastTimestamp = (packet.timestamp - this.#writer.timestampOffset) | 0;
    const outgoing = this.#numbers.assign(sequence, selection === Selection.FORWARD_MARKED);
    if (outgoing === NO_NUMBER) {
      this.#counted.outdated += 1;
      return true;
    }
    if (bandwidth !== undefined) {
      const { payloadSize } = packet;
      if (kind === 'audio') bandwidth.allows(payloadSize, now, PacketClass.AUDIO);
      else if (this.#waiting.size > 0 || !bandwidth.allows(payloadSize, now, PacketClass.VIDEO)) {
        if (this.#waiting.push(sequence, packet.isKeyFrame)) return true;
        // What is kept for it could not be sent in time: the subscriber is better off with the next key frame.
        this.#counted.pacerFull += this.#waiting.size + 1;
        this.pause();
        return false;
      }
    }
    this.#send(outgoing, room, prefixSize, batch, now);
    return true;
  }

  /** Sends nothing of the packet, but something where a late one's number would else be missed for ever. */
  #leaveOut(sequence: number, batch: SendBatch, now: number): void {
    const outgoing = this.#numbers.leaveOut(sequence);
    if (outgoing === NO_NUMBER) return;
    packet.empty();
    const room = this.#writer.reserve(batch);
    this.#write(TxKind.RTP, outgoing, room, 0, batch, now);
    this.#numbers.sent(outgoing);
  }

  /** Sends the packet for the first time. */
  #send(outgoing: number, room: number, prefixSize: number, batch: SendBatch, now: number): void {
    this.#write(TxKind.RTP, outgoing, room, prefixSize, batch, now);
    this.#numbers.sent(outgoing);
    this.#sender.sequencer.record(outgoing, packet.sequence);
  }

  #write(
    kind: number,
    outgoing: number,
    room: number,
    prefixSize: number,
    batch: SendBatch,
    now: number,
  ): void {
    const isMarked = this.#svc !== undefined && this.#numbers.isMarked(packet.sequence);
    if (prefixSize > 0) packet.skip(vp8.size);
    this.#writer.write(kind, packet, outgoing, isMarked, room, prefixSize, this.#svc, batch, now);
  }

  /** Writes what stands instead of the payload's descriptor; returns its bytes, or -1 where the packet is left out. */
  #rewrite(batch: SendBatch, room: number): number {
    if (this.#red !== undefined) return this.#stripRed(this.#red);
    if (this.#munger === undefined) return 0;
    if (!parseVp8Descriptor(packet.pool, packet.payloadOffset, packet.payloadSize, vp8)) {
      this.#counted.malformed += 1;
      return -1;
    }
    const size = this.#munger.munge(vp8, packet.isKeyFrame, batch.scratch, room);
    return size === VP8_DROPPED ? -1 : size;
  }

  #stripRed(red: RedStripper): number {
    const payload = red.strip(packet.payloadType, packet.payloadWord, packet.pool, packet.slot);
    if (payload === RED_MALFORMED) {
      this.#counted.malformed += 1;
      return -1;
    }
    packet.payloadWord = payload;
    return 0;
  }

  /** One that takes over a stream that was forwarded as it is so far. */
  #joiningMunger(): Vp8Munger {
    const munger = new Vp8Munger();
    if (this.#stream) munger.join();
    // What went out before it joined had other descriptors.
    this.#sender.sequencer.clear();
    return munger;
  }
}
