import { findExtension, readAbsSendTime, readName, readTransportSequence } from '@parley/rtp';
import { RX, RX_DROPPED, RX_TWO_BYTE_EXTENSIONS, RX_WORDS, SLOT_SIZE } from '@parley/wire';
import { PACKET_OVERHEAD } from '../congestion/bandwidth-control.js';
import { ReceiveSideEstimator } from '../congestion/index.js';
import type { PacketPool } from './kept-packets.js';
import { ReceiveStream } from './receive-stream.js';
import type { RtpCounters } from './rtp-metrics.js';
import type { RtpReceiver } from './rtp-receiver.js';
import { RtxReceiver, TransportFeedbackRecorder } from '../rtp/index.js';
import type { SendBatch } from './send-batch.js';

/** SSRCs that one transport may send with, media and retransmissions; and milliseconds of silence after which one makes place. */
const MAX_SSRCS = 64;
const SILENCE = 10_000;

/** What a demuxer needs of its thread. */
export interface DemuxerContext {
  readonly packets: PacketPool;
  readonly batch: SendBatch;
  readonly counted: RtpCounters;
}

/** Where the packets of an SSRC go. */
interface Route {
  receiver: RtpReceiver;
  stream: ReceiveStream;
  /** Set where the SSRC is that of retransmissions. */
  rtx: RtxReceiver | undefined;
  /** When its latest packet came. */
  heardAt: number;
}

/**
 * Gives the RTP packets of one transport to the receivers they belong to.
 *
 * An SSRC is known from the session description, or learned from the mid and rid in its first packets, which senders
 * leave out later on (RFC 8843 section 9.2).
 */
export class RtpDemuxer {
  readonly feedback = new TransportFeedbackRecorder();
  readonly #context: DemuxerContext;
  readonly #receivers = new Map<string, RtpReceiver>();
  /** By SSRC as a signed number, which costs no allocation to look up. */
  readonly #routes = new Map<number, Route>();
  #streams: ReceiveStream[] = [];
  #transportSequenceId: number | undefined;
  #absSendTimeId: number | undefined;
  #estimator: ReceiveSideEstimator | undefined;

  constructor(context: DemuxerContext) {
    this.#context = context;
  }

  /** The streams being received. */
  get streams(): readonly ReceiveStream[] {
    return this.#streams;
  }

  /** Of a publisher that cannot tell by itself what its path carries. */
  get estimator(): ReceiveSideEstimator | undefined {
    return this.#estimator;
  }

  stream(ssrc: number): ReceiveStream | undefined {
    const route = this.#routes.get(ssrc | 0);
    return route?.rtx ? undefined : route?.stream;
  }

  addReceiver(receiver: RtpReceiver): void {
    this.#receivers.get(receiver.mid)?.close();
    this.#receivers.set(receiver.mid, receiver);
    // One id per extension in all bundled sections (RFC 8843 section 9.1).
    const { transportSequence, absSendTime } = receiver.parameters.extensions;
    this.#transportSequenceId ??= transportSequence;
    this.#absSendTimeId ??= absSendTime;
    const isBlind = this.#transportSequenceId === undefined && this.#absSendTimeId !== undefined;
    this.#estimator = isBlind ? (this.#estimator ?? new ReceiveSideEstimator()) : undefined;
  }

  removeReceiver(receiver: RtpReceiver): void {
    if (this.#receivers.get(receiver.mid) === receiver) this.#receivers.delete(receiver.mid);
    for (const [ssrc, { receiver: owner, stream, rtx }] of this.#routes) {
      if (owner !== receiver) continue;
      this.#routes.delete(ssrc);
      if (!rtx) stream.close();
    }
    this.#streams = this.#streams.filter((stream) => stream.receiver !== receiver);
  }

  /** Descriptors `first` to `last` (exclusive), all of one SSRC. */
  receive(rx: Uint32Array, first: number, last: number, now: number): void {
    this.#recordArrivals(rx, first, last, now);
    const ssrc = rx[first * RX_WORDS + RX.SSRC]! | 0;
    const route = this.#routes.get(ssrc) ?? this.#learn(ssrc, rx, first * RX_WORDS, now);
    if (!route) {
      const isTooMany = this.#routes.size >= MAX_SSRCS;
      this.#context.counted[isTooMany ? 'rtpTooManyStreams' : 'rtpUnknownStream'] += last - first;
      return;
    }
    route.heardAt = now;
    const { receiver, stream, rtx } = route;
    if (!stream.allows(last - first, now)) {
      this.#context.counted.rtpFlood += last - first;
      return;
    }
    if (rtx) this.#restore(rtx, rx, first, last);
    stream.receive(rx, first, last, rtx !== undefined, now);
    receiver.onPackets(stream, rx, first, last, this.#context.batch, now);
  }

  close(): void {
    for (const receiver of [...this.#receivers.values()]) receiver.close();
  }

  #recordArrivals(rx: Uint32Array, first: number, last: number, now: number): void {
    if (this.#estimator) this.#recordSendTimes(this.#estimator, rx, first, last, now);
    const id = this.#transportSequenceId;
    if (id === undefined) return;
    const { pool } = this.#context.packets;
    for (let at = first * RX_WORDS, end = last * RX_WORDS; at < end; at += RX_WORDS) {
      const found = this.#find(rx, at, id);
      if (found < 0) continue;
      const sequence = readTransportSequence(pool, found, isTwoByte(rx, at));
      if (sequence >= 0) this.feedback.receive(sequence, now * 1000);
    }
  }

  #recordSendTimes(
    estimator: ReceiveSideEstimator,
    rx: Uint32Array,
    first: number,
    last: number,
    now: number,
  ): void {
    const id = this.#absSendTimeId ?? 0;
    for (let at = first * RX_WORDS, end = last * RX_WORDS; at < end; at += RX_WORDS) {
      const found = this.#find(rx, at, id);
      if (found < 0) continue;
      const sendTime = readAbsSendTime(this.#context.packets.pool, found, isTwoByte(rx, at));
      if (sendTime >= 0) estimator.receive(sendTime, (rx[at + RX.PAYLOAD]! >>> 16) + PACKET_OVERHEAD, now);
    }
  }

  /** Makes original packets of retransmissions, in place. */
  #restore(rtx: RtxReceiver, rx: Uint32Array, first: number, last: number): void {
    for (let at = first * RX_WORDS, end = last * RX_WORDS; at < end; at += RX_WORDS) {
      const slotOffset = rx[at + RX.SLOT]! * SLOT_SIZE;
      if (rtx.restore(this.#context.packets.pool, slotOffset, rx[at + RX.SEQUENCE]!, rx[at + RX.PAYLOAD]!)) {
        rx[at + RX.SEQUENCE] = rtx.sequenceWord;
        rx[at + RX.PAYLOAD] = rtx.payloadWord;
        rx[at + RX.SSRC] = rtx.ssrc;
      } else {
        rx[at + RX.KIND] = RX_DROPPED;
      }
    }
  }

  /** Finds out whose a new SSRC is; undefined while that cannot be told. */
  #learn(ssrc: number, rx: Uint32Array, at: number, now: number): Route | undefined {
    if (this.#routes.size >= MAX_SSRCS && !this.#forgetSilent(now)) return undefined;
    const unsigned = ssrc >>> 0;
    for (const receiver of this.#receivers.values()) {
      const { ssrcs, rtxPairs } = receiver.parameters;
      const pair = rtxPairs.find(([, rtxSsrc]) => rtxSsrc === unsigned);
      if (pair) return this.#addRtx(unsigned, receiver, this.stream(pair[0]));
      if (ssrcs.includes(unsigned)) return this.#addLayer(unsigned, receiver, rx, at);
    }
    const receiver = this.#receiverOf(rx, at);
    if (!receiver) return undefined;
    const { extensions, codecs } = receiver.parameters;
    const payloadType = (rx[at + RX.SEQUENCE]! >> 16) & 0x7f;
    if (codecs.some((codec) => codec.rtxPayloadType === payloadType)) {
      const repaired = this.#name(rx, at, extensions.repairedRid);
      return this.#addRtx(unsigned, receiver, this.#streamOf(receiver, repaired));
    }
    return this.#addLayer(unsigned, receiver, rx, at);
  }

  /** Makes place where peers change their SSRC again and again, as telephone exchanges do; returns whether there is some. */
  #forgetSilent(now: number): boolean {
    let [longest, silent]: [number, Route | undefined] = [0, undefined];
    for (const [ssrc, route] of this.#routes)
      if (now - route.heardAt >= SILENCE && route.heardAt < (silent?.heardAt ?? Infinity))
        [longest, silent] = [ssrc, route];
    if (!silent) return false;
    this.#routes.delete(longest);
    if (silent.rtx) return true;
    const { stream } = silent;
    for (const [ssrc, route] of this.#routes) if (route.stream === stream) this.#routes.delete(ssrc);
    this.#streams = this.#streams.filter((other) => other !== stream);
    stream.close();
    return true;
  }

  /** Of a simulcast, the packets alone tell which layer an SSRC is: Firefox names all SSRCs, but not whose they are. */
  #addLayer(ssrc: number, receiver: RtpReceiver, rx: Uint32Array, at: number): Route | undefined {
    const { extensions, rids } = receiver.parameters;
    const rid = this.#name(rx, at, extensions.rid);
    if (rids.length > 0 && !rids.includes(rid)) return undefined;
    return this.#add(ssrc, rid, receiver);
  }

  #add(ssrc: number, rid: string, receiver: RtpReceiver): Route {
    const stream = new ReceiveStream(ssrc, rid, receiver, this.#context.packets, this.#context.counted);
    const route = { receiver, stream, rtx: undefined, heardAt: 0 };
    this.#routes.set(ssrc | 0, route);
    this.#streams.push(stream);
    receiver.onStream(stream);
    return route;
  }

  #addRtx(rtxSsrc: number, receiver: RtpReceiver, stream: ReceiveStream | undefined): Route | undefined {
    if (!stream) return undefined;
    const payloadTypes = new Map<number, number>();
    for (const { payloadType, rtxPayloadType } of stream.codecs) {
      if (rtxPayloadType !== undefined) payloadTypes.set(rtxPayloadType, payloadType);
    }
    const counters = this.#context.counted.rtx;
    const rtx = new RtxReceiver({ ssrc: stream.ssrc, rtxSsrc, payloadTypes, counters });
    const route = { receiver, stream, rtx, heardAt: 0 };
    this.#routes.set(rtxSsrc | 0, route);
    return route;
  }

  /** The newest stream of a receiver, of this rid if one is named. */
  #streamOf(receiver: RtpReceiver, rid: string): ReceiveStream | undefined {
    let newest: ReceiveStream | undefined;
    for (const stream of this.#streams) {
      if (stream.receiver === receiver && (rid === '' || stream.rid === rid)) newest = stream;
    }
    return newest;
  }

  /** By mid, or where a packet has none by its payload type if only one receiver knows it. */
  #receiverOf(rx: Uint32Array, at: number): RtpReceiver | undefined {
    const candidates: RtpReceiver[] = [];
    const payloadType = (rx[at + RX.SEQUENCE]! >> 16) & 0x7f;
    for (const receiver of this.#receivers.values()) {
      const mid = this.#name(rx, at, receiver.parameters.extensions.mid);
      if (mid !== '') return this.#receivers.get(mid);
      const { codecs } = receiver.parameters;
      const known = codecs.some(
        (codec) => codec.payloadType === payloadType || codec.rtxPayloadType === payloadType,
      );
      if (known) candidates.push(receiver);
    }
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  /** The text of a header extension, empty where the packet lacks it. */
  #name(rx: Uint32Array, at: number, id: number | undefined): string {
    const found = id === undefined ? -1 : this.#find(rx, at, id);
    return found < 0 ? '' : readName(this.#context.packets.pool, found, isTwoByte(rx, at));
  }

  #find(rx: Uint32Array, at: number, id: number): number {
    const extension = rx[at + RX.EXTENSION]!;
    if (extension === 0) return -1;
    const start = rx[at + RX.SLOT]! * SLOT_SIZE + (extension & 0xffff);
    return findExtension(this.#context.packets.pool, start, extension >>> 16, isTwoByte(rx, at), id);
  }
}

function isTwoByte(rx: Uint32Array, at: number): boolean {
  return (rx[at + RX.FLAGS]! & RX_TWO_BYTE_EXTENSIONS) !== 0;
}
