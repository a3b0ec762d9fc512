import { compactDuration, compactNtp, sequenceDiff, timestampDiff } from '@parley/rtp';
import type { ReportBlock, SenderReport } from '@parley/rtp';

/** What `ReceiveStatistics.receive` makes of a packet. */
export const PacketArrival = {
  /** The newest so far. */
  NEWER: 0,
  /** Reordered, and not seen before. */
  LATE: 1,
  /** Seen before. */
  DUPLICATE: 2,
  /** Too far from the others to belong to them; if the next one follows it, the stream starts anew. */
  STRAY: 3,
} as const;

/** One moment on a stream's RTP clock and on the sender's wall clock, by its latest sender report. */
export interface ClockReference {
  readonly ntpSeconds: number;
  readonly ntpFraction: number;
  readonly rtpTimestamp: number;
  /** When the report came, in milliseconds of the local clock. */
  readonly receivedAt: number;
}

export interface ReceiveStatisticsOptions {
  readonly ssrc: number;
  /** Ticks of the RTP timestamp per second. */
  readonly clockRate: number;
}

/** Packets that may be missing at once before a jump forward counts as a restart (RFC 3550 appendix A.1). */
const MAX_DROPOUT = 3000;

/** How far back a late packet may lie; also the window in which duplicates are known. A power of two. */
const MAX_MISORDER = 512;

/** No sequence number: it is never equal to one. */
const NONE = -1;

/**
 * Statistics of one received stream (RFC 3550 appendices A.1, A.3 and A.8), as report blocks tell them.
 *
 * Feed it the stream's own packets only. Retransmissions come in a stream of their own (RFC 4588) and would hide what the
 * network lost.
 */
export class ReceiveStatistics {
  readonly ssrc: number;
  readonly #ticksPerMillisecond: number;
  readonly #seen = new Uint8Array(MAX_MISORDER);
  #highest = NONE;
  #cycles = 0;
  /** Extended number of the first packet. */
  #base = 0;
  /** The number that, following a stray packet, restarts the stream. */
  #restartAt = NONE;
  #received = 0;
  #duplicates = 0;
  #late = 0;
  #jitter = 0;
  #lastTimestamp = 0;
  #lastArrival = 0;
  #expectedAtReport = 0;
  #receivedAtReport = 0;
  #clockReference: ClockReference | undefined;

  constructor(options: ReceiveStatisticsOptions) {
    this.ssrc = options.ssrc;
    this.#ticksPerMillisecond = options.clockRate / 1000;
  }

  /** Packets received, late ones and duplicates among them. */
  get received(): number {
    return this.#received;
  }

  get duplicates(): number {
    return this.#duplicates;
  }

  /** Packets that came behind a newer one. */
  get late(): number {
    return this.#late;
  }

  /** Packets lost since the start; negative when there were more duplicates than losses. */
  get lost(): number {
    return this.#expected - this.#received;
  }

  /** Interarrival jitter in units of the RTP clock. */
  get jitter(): number {
    return this.#jitter;
  }

  /** The highest sequence number received, with its wraps in bits 16–31. */
  get extendedHighestSequence(): number {
    return (this.#cycles * 0x10000 + Math.max(this.#highest, 0)) >>> 0;
  }

  /** What the latest sender report said; undefined before the first. */
  get clockReference(): ClockReference | undefined {
    return this.#clockReference;
  }

  /**
   * Counts one packet.
   *
   * @param timestamp Its RTP timestamp.
   * @param now When it arrived, in milliseconds; fractions make the jitter more exact.
   * @returns a `PacketArrival`.
   */
  receive(sequence: number, timestamp: number, now: number): number {
    if (this.#highest === NONE) return this.#start(sequence, timestamp, now);
    const distance = sequenceDiff(sequence, this.#highest);
    if (distance > MAX_DROPOUT || distance <= -MAX_MISORDER) {
      if (sequence === this.#restartAt) return this.#start(sequence, timestamp, now);
      this.#restartAt = (sequence + 1) & 0xffff;
      return PacketArrival.STRAY;
    }
    this.#restartAt = NONE;
    this.#received++;
    if (distance > 0) {
      this.#advance(sequence, distance);
      this.#updateJitter(timestamp, now);
      return PacketArrival.NEWER;
    }
    const index = sequence & (MAX_MISORDER - 1);
    if (this.#seen[index] === 1) {
      this.#duplicates++;
      return PacketArrival.DUPLICATE;
    }
    this.#seen[index] = 1;
    this.#late++;
    return PacketArrival.LATE;
  }

  receiveSenderReport(report: SenderReport, now: number): void {
    const { ntpSeconds, ntpFraction, rtpTimestamp } = report;
    this.#clockReference = { ntpSeconds, ntpFraction, rtpTimestamp, receivedAt: now };
  }

  /** The report block of the time since the one before. */
  reportBlock(now: number): ReportBlock {
    const expected = this.#expected;
    const expectedSince = expected - this.#expectedAtReport;
    const lostSince = expectedSince - (this.#received - this.#receivedAtReport);
    this.#expectedAtReport = expected;
    this.#receivedAtReport = this.#received;
    const reference = this.#clockReference;
    return {
      ssrc: this.ssrc,
      fractionLost: lostSince > 0 ? Math.min(Math.floor((256 * lostSince) / expectedSince), 255) : 0,
      cumulativeLost: Math.min(Math.max(this.lost, -0x80_0000), 0x7f_ffff),
      extendedHighestSequence: this.extendedHighestSequence,
      jitter: Math.floor(this.#jitter),
      lastSenderReport: reference
        ? compactNtp({ seconds: reference.ntpSeconds, fraction: reference.ntpFraction })
        : 0,
      delaySinceLastSenderReport: reference ? compactDuration(now - reference.receivedAt) : 0,
    };
  }

  get #expected(): number {
    return this.#highest === NONE ? 0 : this.#cycles * 0x10000 + this.#highest - this.#base + 1;
  }

  #start(sequence: number, timestamp: number, now: number): number {
    this.#seen.fill(0);
    this.#seen[sequence & (MAX_MISORDER - 1)] = 1;
    this.#highest = sequence;
    this.#cycles = 0;
    this.#base = sequence;
    this.#restartAt = NONE;
    this.#received = 1;
    this.#expectedAtReport = 0;
    this.#receivedAtReport = 0;
    this.#jitter = 0;
    this.#lastTimestamp = timestamp;
    this.#lastArrival = now;
    return PacketArrival.NEWER;
  }

  #advance(sequence: number, distance: number): void {
    if (distance >= MAX_MISORDER) this.#seen.fill(0);
    else for (let i = 1; i < distance; i++) this.#seen[(sequence - i) & (MAX_MISORDER - 1)] = 0;
    this.#seen[sequence & (MAX_MISORDER - 1)] = 1;
    if (sequence < this.#highest) this.#cycles++;
    this.#highest = sequence;
  }

  /** By packets in order only: what came late says more about the reordering than about the jitter. */
  #updateJitter(timestamp: number, now: number): void {
    const arrived = (now - this.#lastArrival) * this.#ticksPerMillisecond;
    const difference = Math.abs(arrived - timestampDiff(timestamp, this.#lastTimestamp));
    this.#jitter += (difference - this.#jitter) / 16;
    this.#lastTimestamp = timestamp;
    this.#lastArrival = now;
  }
}
