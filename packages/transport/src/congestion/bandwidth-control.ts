import type { TransportFeedback } from '@parley/rtp';
import { CongestionController } from './congestion-controller.js';
import type { CongestionCounters } from './congestion-metrics.js';
import { Pacer, type PacketClass } from './pacer.js';

export interface BandwidthControlOptions {
  /**
   * Id of the transport-wide sequence number among the header extensions, 1 to 14; 0 where the peer did not take it. Such a
   * peer can limit the bitrate by REMB.
   */
  readonly extensionId: number;
  /** What is counted together with other paths. Default nothing. */
  readonly total?: CongestionCounters;
  /** The pacer lets a packet wait. */
  readonly onRefused: () => void;
  /** There is more to send than before: a probe may be due. */
  readonly onDemand?: () => void;
}

/** Bytes of the header extension element that `stamp` writes: its one-byte header and the number. */
export const STAMP_SIZE = 3;

/**
 * Bytes around the payload of a packet: IPv4 and UDP (28), RTP with the transport-wide sequence number (20), the
 * authentication tag of AES-GCM (16). The bitrates of a link and of what is sent over it are only comparable with them.
 */
export const PACKET_OVERHEAD = 64;

/** Before anything is known, in bit/s: a fair picture at once; the first probe shows within a round trip whether there is more. */
const START_BITRATE = 1_000_000;

/**
 * On a path that is full what is sent may for a moment be so many times the estimate: a key frame sent faster would only
 * wait there, and look like congestion.
 */
const PACING_FACTOR = 1.1;

/**
 * What is probed for beyond what is wanted, since to reach just that would leave the best layer out of reach by a hair; and
 * how much of it is enough.
 */
const PROBE_HEADROOM = 1.5;
const ENOUGH = 1.15;

/**
 * What one path carries, and when to send on it: the estimate, the pacer and the probes of one peer.
 *
 * Whoever sends asks `allows` before a packet of video and `stamp`s every packet.
 */
export class BandwidthControl {
  readonly extensionId: number;
  /** The estimate changed, in bit/s. Set by whoever shares the path out. */
  onEstimate: ((estimate: number) => void) | undefined;
  readonly #onRefused: () => void;
  readonly #onDemand: (() => void) | undefined;
  readonly #congestion: CongestionController;
  readonly #pacer = new Pacer({ bitrate: START_BITRATE });
  /** bit/s that all that there is to send would take. */
  #wantedBitrate = 0;
  /** bit/s that are sent whatever the estimate says. */
  #allocatedBitrate = 0;
  /** Times that the path was found to be full, up to when it was found to carry all that is wanted. */
  #overcome = 0;
  #isConstrained = false;

  /** Made by `WebRtcTransport` for the first sender that the peer gives feedback for. */
  constructor(options: BandwidthControlOptions) {
    this.extensionId = options.extensionId;
    this.#onRefused = options.onRefused;
    this.#onDemand = options.onDemand;
    this.#congestion = new CongestionController({
      startBitrate: START_BITRATE,
      ...(options.total && { total: options.total }),
      observer: {
        onEstimate: (estimate, now) => {
          this.#update(now);
          this.onEstimate?.(estimate);
        },
      },
    });
  }

  /** Whether each packet carries a number of its own in a header extension. */
  get isNumbering(): boolean {
    return this.extensionId !== 0;
  }

  /** What the path carries, in bit/s. */
  get estimate(): number {
    return this.#congestion.estimate;
  }

  /** What the streams now being sent take, in bit/s. */
  get allocatedBitrate(): number {
    return this.#allocatedBitrate;
  }

  /**
   * Whether the path was found to be full, and not since to carry all that is wanted. Until then the estimate is a guess that
   * probes correct, and nothing is held back for it.
   */
  get isConstrained(): boolean {
    return this.#isConstrained;
  }

  get counters(): Readonly<CongestionCounters> {
    return this.#congestion.counters;
  }

  /** Whether a probe is being sent: `probe` is to be asked every few milliseconds. */
  get isProbing(): boolean {
    return this.#congestion.isProbing;
  }

  /** When `handleTimeout` has something to do, or a probe may be due; Infinity if never. */
  get deadline(): number {
    const { deadline } = this.#congestion;
    if (this.extensionId === 0) return deadline;
    return Math.min(deadline, this.#congestion.probeDeadline(this.#wantedBitrate * PROBE_HEADROOM));
  }

  /**
   * What there is to send.
   *
   * @param wanted bit/s that all of it would take.
   * @param allocated bit/s of the streams now being sent: the pacer lets as much through at least.
   */
  setDemand(wanted: number, allocated: number, now: number): void {
    const isMore = wanted > this.#wantedBitrate;
    this.#wantedBitrate = wanted;
    this.#allocatedBitrate = allocated;
    this.#update(now);
    if (isMore) this.#onDemand?.();
  }

  /** Whether a packet may go now. One that may not waits with its sender, which is asked again by `onPace`. */
  allows(payloadBytes: number, now: number, packetClass: PacketClass): boolean {
    if (!this.#isConstrained || this.#pacer.allow(payloadBytes + PACKET_OVERHEAD, now, packetClass))
      return true;
    this.#onRefused();
    return false;
  }

  /**
   * Takes note of a packet that is being sent, and writes its number as a header extension element where the peer took that.
   *
   * @returns Bytes written: `STAMP_SIZE` or 0.
   */
  stamp(scratch: Uint8Array, offset: number, payloadBytes: number, now: number): number {
    const sequence = this.#congestion.packetSent(payloadBytes + PACKET_OVERHEAD, now);
    if (this.extensionId === 0) return 0;
    scratch[offset] = (this.extensionId << 4) | (STAMP_SIZE - 2);
    scratch[offset + 1] = sequence >>> 8;
    scratch[offset + 2] = sequence;
    return STAMP_SIZE;
  }

  /** Bytes of padding to send now; 0 where no probe is due. */
  probe(now: number): number {
    if (this.extensionId === 0) return 0;
    return this.#congestion.probe(now, this.#wantedBitrate * PROBE_HEADROOM);
  }

  /** To be called instead of `probe` where no sender can send padding. */
  raiseUntested(now: number): void {
    if (this.extensionId !== 0) this.#congestion.raiseUntested(now, this.#wantedBitrate * PROBE_HEADROOM);
  }

  /** @param rtt Milliseconds to the peer and back. */
  setRtt(rtt: number): void {
    this.#congestion.setRtt(rtt);
  }

  receiveFeedback(feedback: TransportFeedback, now: number): void {
    this.#congestion.receiveFeedback(feedback, now);
  }

  /** @param bitrate bit/s. */
  receiveRemb(bitrate: number, now: number): void {
    this.#congestion.receiveRemb(bitrate, now);
  }

  /** A peer that has never given feedback, though it took the extension, is not taken for one whose path is dead. */
  handleTimeout(now: number): void {
    const isHeard = this.counters.feedback > 0 || this.#congestion.isLimitedByReceiver;
    if (isHeard) this.#congestion.handleTimeout(now);
  }

  #update(now: number): void {
    const { overuses, lossCuts } = this.counters;
    const cuts = overuses + lossCuts;
    const { estimate } = this;
    const isEnough = estimate >= this.#wantedBitrate * ENOUGH;
    if (isEnough) this.#overcome = cuts;
    this.#isConstrained = cuts > this.#overcome || (this.#congestion.isLimitedByReceiver && !isEnough);
    this.#pacer.setBitrate(Math.max(estimate, this.#allocatedBitrate) * PACING_FACTOR, now);
  }
}
