/** A moment as RTCP tells it (RFC 3550 section 4). */
export interface NtpTime {
  /** Seconds since 1900-01-01, modulo 2³². */
  seconds: number;
  /** Fraction of that second, in 2⁻³² s. */
  fraction: number;
}

/** Seconds from 1900-01-01 to 1970-01-01. */
const UNIX_EPOCH = 2_208_988_800;

/** NTP time of a moment given in milliseconds since 1970. */
export function ntpFromMilliseconds(milliseconds: number): NtpTime {
  const wholeSeconds = Math.floor(milliseconds / 1000);

  return {
    seconds: (wholeSeconds + UNIX_EPOCH) >>> 0,
    fraction: Math.floor(((milliseconds - wholeSeconds * 1000) / 1000) * 2 ** 32) >>> 0,
  };
}

/** Milliseconds since 1970 of an NTP time of the years 1970–2036. */
export function ntpToMilliseconds({ seconds, fraction }: NtpTime): number {
  return (seconds - UNIX_EPOCH) * 1000 + (fraction / 2 ** 32) * 1000;
}

/** The middle 32 bits of an NTP time, in 1/65536 s: how report blocks name a sender report. */
export function compactNtp({ seconds, fraction }: NtpTime): number {
  return (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0;
}

/** A duration in 1/65536 s, as report blocks tell it; at most 65,535 s. */
export function compactDuration(milliseconds: number): number {
  return Math.min(Math.max(Math.round(milliseconds * 65.536), 0), 0xffff_ffff);
}

/**
 * Round-trip time by a report block (RFC 3550 section 6.4.1), in milliseconds.
 *
 * @param now Compact NTP time at which the report came.
 * @returns Undefined when the reporter has seen no sender report, or says something impossible.
 */
export function roundTripTime(
  now: number,
  lastSenderReport: number,
  delaySinceLastSenderReport: number,
): number | undefined {
  const elapsed = (now - lastSenderReport - delaySinceLastSenderReport) | 0;

  return lastSenderReport === 0 || elapsed < 0 ? undefined : elapsed / 65.536;
}
