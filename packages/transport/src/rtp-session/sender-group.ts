import type { TransportFeedback } from '@parley/rtp';
import { TxKind } from '@parley/wire';
import { BandwidthControl } from '../congestion/bandwidth-control.js';
import type { RtpCounters } from './rtp-metrics.js';
import type { RtpSender } from './rtp-sender.js';
import type { SendBatch } from './send-batch.js';

export interface SenderGroupOptions {
  readonly batch: SendBatch;
  readonly counted: RtpCounters;
  /** Packets wait for the pacer, or a probe is due: `handleTimeout` is to be called within a few milliseconds. */
  readonly onUrgent: () => void;
}

/** Milliseconds between two looks at packets that wait for the pacer, and at probes. */
const PACING_INTERVAL = 5;

/** Bytes of padding in one packet: with what is around it a fifth of the smallest probe. */
const PADDING_SIZE = 176;
/** Packets of padding sent at once, at most. */
const MAX_PADDING_PACKETS = 512;
const FIXED_HEADER_SIZE = 12;
const EXTENSION_HEADER_SIZE = 4;
const HEADER_SIZE = FIXED_HEADER_SIZE + EXTENSION_HEADER_SIZE + 4;
/** The one-byte form of header extensions, which packets are sent with, has room for so many (RFC 8285 section 4.2). */
const MAX_EXTENSION_ID = 14;
/** Version 2, with padding and a header extension. */
const FIRST_BYTE = 0xb0;

/** The streams sent to one peer, and the path that they share. */
export class SenderGroup {
  readonly #options: SenderGroupOptions;
  readonly #bySsrc = new Map<number, RtpSender>();
  /** Whose packets wait for the pacer takes turns. */
  #turn = 0;
  #isWaiting = false;
  /** When some sender's observer asked to be called. */
  #wakeAt = Infinity;
  #bandwidth: BandwidthControl | undefined;

  constructor(options: SenderGroupOptions) {
    this.#options = options;
  }

  /** What the path carries; undefined as long as the peer takes no part in finding out. */
  get bandwidth(): BandwidthControl | undefined {
    return this.#bandwidth;
  }

  get size(): number {
    return this.#bySsrc.size;
  }

  /** When to call `handleTimeout` again; Infinity if nothing is due. */
  deadline(now: number): number {
    const bandwidth = this.#bandwidth;
    if (this.#isWaiting || bandwidth?.isProbing === true) return now + PACING_INTERVAL;
    return Math.min(bandwidth?.deadline ?? Infinity, Math.max(this.#wakeAt, now));
  }

  get(ssrc: number): RtpSender | undefined {
    return this.#bySsrc.get(ssrc);
  }

  add(sender: RtpSender): void {
    this.#bySsrc.set(sender.ssrc, sender);
    sender.wake = (at) => this.#wake(at);
    // Where the receiver limits the bitrate, it counts all of it.
    if (this.#bandwidth?.extensionId === 0) sender.bandwidth = this.#bandwidth;
    const { transportSequence } = sender.parameters;
    if (transportSequence !== undefined) this.acceptTransportSequence(sender, transportSequence);
  }

  /** The peer takes transport-wide sequence numbers under this id in what the sender sends, and gives feedback on them. */
  acceptTransportSequence(sender: RtpSender, id: number): void {
    if (id > MAX_EXTENSION_ID) return;
    this.#bandwidth ??= this.#control(id);
    // Under another id it would be another extension to this section.
    if (this.#bandwidth.extensionId === id) sender.bandwidth = this.#bandwidth;
  }

  remove(sender: RtpSender): void {
    this.#bySsrc.delete(sender.ssrc);
  }

  [Symbol.iterator](): Iterator<RtpSender> {
    return this.#bySsrc.values();
  }

  /** The transport's session is open: senders offered before it go out over it. */
  setWireSession(wireSession: number): void {
    for (const sender of this.#bySsrc.values()) sender.wireSession = wireSession;
  }

  receiveFeedback(feedback: TransportFeedback, now: number): void {
    if (this.#bandwidth) this.#bandwidth.receiveFeedback(feedback, now);
    else this.#options.counted.rtcpUnexpected += 1;
  }

  /** @param bitrate What the peer takes at most, in bit/s. */
  receiveRemb(bitrate: number, now: number): void {
    if (!this.#bandwidth) {
      this.#bandwidth = this.#control(0);
      for (const sender of this.#bySsrc.values()) sender.bandwidth = this.#bandwidth;
    }
    this.#bandwidth.receiveRemb(bitrate, now);
  }

  /** What the path carries where nothing is heard from the peer; then as `pace`. */
  handleTimeout(wireSession: number, now: number): void {
    this.#bandwidth?.handleTimeout(now);
    this.pace(wireSession, now);
  }

  /**
   * Sends what waited for the pacer and may go now, and padding where a probe is due.
   *
   * @returns whether to call again in a few milliseconds.
   */
  pace(wireSession: number, now: number): boolean {
    if (this.#isWaiting || now >= this.#wakeAt) this.#sendWaiting(now);
    const bandwidth = this.#bandwidth;
    if (!bandwidth) return this.#isWaiting;
    const isPadding = this.#sendPadding(bandwidth, wireSession, now);
    return this.#isWaiting || isPadding;
  }

  #control(extensionId: number): BandwidthControl {
    return new BandwidthControl({
      extensionId,
      total: this.#options.counted.congestion,
      onRefused: () => {
        this.#isWaiting = true;
        this.#options.counted.packetsPaced += 1;
        this.#options.onUrgent();
      },
      onDemand: () => this.#options.onUrgent(),
    });
  }

  #wake(at: number): void {
    this.#wakeAt = Math.min(this.#wakeAt, at);
    this.#options.onUrgent();
  }

  #sendWaiting(now: number): void {
    const senders = [...this.#bySsrc.values()];
    this.#turn = (this.#turn + 1) % Math.max(1, senders.length);
    this.#isWaiting = false;
    this.#wakeAt = Infinity;
    for (let index = 0; index < senders.length; index++) {
      const sender = senders[(index + this.#turn) % senders.length];
      if (sender?.observer?.onPace(this.#options.batch, now) === true) this.#isWaiting = true;
    }
  }

  /**
   * Padding goes out in the number space of retransmissions, where it leaves no gap that the peer would ask for.
   *
   * @returns whether there is more to send in a few milliseconds.
   */
  #sendPadding(bandwidth: BandwidthControl, wireSession: number, now: number): boolean {
    const sender = this.#paddingSender(bandwidth);
    if (!sender) {
      bandwidth.raiseUntested(now);
      return false;
    }
    for (let packets = 0; packets < MAX_PADDING_PACKETS && bandwidth.probe(now) > 0; packets++) {
      this.#writePadding(sender, bandwidth, wireSession, now);
    }
    if (bandwidth.isProbing) this.#options.onUrgent();
    return bandwidth.isProbing;
  }

  /** A sender that is only offered yet is unknown to the peer, who would give no feedback on what it sends. */
  #paddingSender(bandwidth: BandwidthControl): RtpSender | undefined {
    for (const sender of this.#bySsrc.values()) {
      if (sender.bandwidth !== bandwidth) continue;
      // Looked at first, since it costs less and audio has none.
      if (sender.rtxSsrc !== undefined && sender.paddingPayloadType !== undefined) return sender;
    }
    return undefined;
  }

  #writePadding(sender: RtpSender, bandwidth: BandwidthControl, wireSession: number, now: number): void {
    const { batch } = this.#options;
    const size = HEADER_SIZE + PADDING_SIZE;
    const offset = batch.reserve(size);
    const { scratch } = batch;
    const view = new DataView(scratch.buffer, scratch.byteOffset + offset, size);
    scratch.fill(0, offset, offset + size);
    view.setUint8(0, FIRST_BYTE);
    view.setUint8(1, sender.paddingPayloadType ?? 0);
    view.setUint16(2, sender.nextRtxSequence());
    view.setUint32(4, sender.firstTimestamp >>> 0);
    view.setUint32(8, sender.rtxSsrc ?? 0);
    view.setUint16(FIXED_HEADER_SIZE, 0xbede);
    view.setUint16(FIXED_HEADER_SIZE + 2, 1);
    bandwidth.stamp(scratch, offset + HEADER_SIZE - 4, PADDING_SIZE, now);
    view.setUint8(size - 1, PADDING_SIZE);
    batch.push(TxKind.RTP_SCRATCH, wireSession, offset, size);
    this.#options.counted.paddingSent += 1;
  }
}
