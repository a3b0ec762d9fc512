import { compactNtp } from '@parley/rtp';
import type { NtpTime, ReportBlock, SenderReport } from '@parley/rtp';

import type { ClockReference } from './receive-statistics.js';

export interface SenderReportsOptions {
  /** The stream as the subscriber sees it. */
  readonly ssrc: number;
  /** Ticks of the RTP timestamp per second. */
  readonly clockRate: number;
}

/** Reports that a receiver may still refer to. */
const REMEMBERED = 8;

/**
 * Sender reports of one forwarded stream.
 *
 * They keep the publisher's wall clock, so that a subscriber can bring its streams into step, and tell the RTP time of the
 * same moment as the subscriber sees it.
 */
export class SenderReports {
  readonly #ssrc: number;
  readonly #ticksPerMillisecond: number;
  readonly #sentNtp = new Uint32Array(REMEMBERED);
  readonly #sentAt = new Float64Array(REMEMBERED);
  #reports = 0;
  #packets = 0;
  #octets = 0;

  constructor(options: SenderReportsOptions) {
    this.#ssrc = options.ssrc;
    this.#ticksPerMillisecond = options.clockRate / 1000;
  }

  get packets(): number {
    return this.#packets;
  }

  get octets(): number {
    return this.#octets;
  }

  /** Counts a packet sent. @param octets Bytes of its payload, without padding. */
  sent(octets: number): void {
    this.#packets++;
    this.#octets += octets;
  }

  /**
   * The report to send now.
   *
   * @param reference What the publisher's latest report said.
   * @param timestampOffset The subscriber's timestamps less the publisher's.
   */
  build(reference: ClockReference, timestampOffset: number, now: number): SenderReport {
    const elapsed = now - reference.receivedAt;
    const ntp = addMilliseconds(reference, elapsed);
    const ticks = Math.round(elapsed * this.#ticksPerMillisecond);
    const index = this.#reports++ % REMEMBERED;
    this.#sentNtp[index] = compactNtp(ntp);
    this.#sentAt[index] = now;
    return {
      type: 'senderReport',
      ssrc: this.#ssrc,
      ntpSeconds: ntp.seconds,
      ntpFraction: ntp.fraction,
      rtpTimestamp: (reference.rtpTimestamp + timestampOffset + ticks) >>> 0,
      packetCount: this.#packets >>> 0,
      octetCount: this.#octets >>> 0,
      reports: [],
    };
  }

  /**
   * Round-trip time by what the subscriber reports about this stream (RFC 3550 section 6.4.1).
   *
   * @returns milliseconds; undefined if the block refers to no recent report, or says something impossible.
   */
  roundTripTime(block: ReportBlock, now: number): number | undefined {
    if (block.lastSenderReport === 0) return undefined;
    for (let i = 0; i < Math.min(this.#reports, REMEMBERED); i++) {
      if (this.#sentNtp[i] !== block.lastSenderReport) continue;
      const rtt = now - this.#sentAt[i]! - block.delaySinceLastSenderReport / 65.536;
      return rtt >= 0 ? rtt : undefined;
    }
    return undefined;
  }
}

/** By parts: an NTP time in milliseconds would have no bits left for the fraction's end. */
function addMilliseconds({ ntpSeconds, ntpFraction }: ClockReference, milliseconds: number): NtpTime {
  const fraction = ntpFraction + Math.round(((milliseconds % 1000) / 1000) * 2 ** 32);
  const seconds = ntpSeconds + Math.trunc(milliseconds / 1000) + Math.floor(fraction / 2 ** 32);
  return { seconds: seconds >>> 0, fraction: fraction >>> 0 };
}
