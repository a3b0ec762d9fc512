/** What a packet is for: the lower, the sooner it goes. */
export const PacketClass = {
  /** Always allowed; it counts all the same. */
  AUDIO: 0,
  /** Allowed ahead of new video, up to a burst of debt. */
  RETRANSMISSION: 1,
  VIDEO: 2,
} as const;

export type PacketClass = (typeof PacketClass)[keyof typeof PacketClass];

export interface PacerOptions {
  /** bit/s. */
  readonly bitrate: number;
  /** What may be sent at once after a pause, in milliseconds at the bitrate. Default 10. */
  readonly burst?: number;
}

const DEFAULT_BURST = 10;

/** A burst is two packets at least. */
const MIN_BURST_BYTES = 2400;

/** Debt, in bursts, beyond which what was sent without asking is forgiven: video must not stand still for it. */
const MAX_DEBT = 4;

/**
 * Spreads packets over time: a token bucket that fills at the target bitrate. It only says when; the queue is the caller's.
 */
export class Pacer {
  readonly #burst: number;
  /** Bytes per millisecond. */
  #rate: number;
  #burstBytes: number;
  /** Bytes that may be sent; less than zero after a packet larger than what was left, or one that could not wait. */
  #tokens: number;
  #filledAt: number | undefined;

  constructor(options: PacerOptions) {
    this.#burst = options.burst ?? DEFAULT_BURST;
    this.#rate = options.bitrate / 8000;
    this.#burstBytes = this.#tokens = Math.max(this.#rate * this.#burst, MIN_BURST_BYTES);
  }

  /** @param bitrate bit/s. */
  setBitrate(bitrate: number, now: number): void {
    this.#fill(now);
    this.#rate = bitrate / 8000;
    this.#burstBytes = Math.max(this.#rate * this.#burst, MIN_BURST_BYTES);
  }

  /** Whether a packet may be sent now; if so it counts as sent. */
  allow(bytes: number, now: number, packetClass: PacketClass): boolean {
    this.#fill(now);
    if (this.#tokens < this.#floor(packetClass)) return false;
    this.#tokens = Math.max(this.#tokens - bytes, -MAX_DEBT * this.#burstBytes);
    return true;
  }

  #fill(now: number): void {
    const elapsed = Math.max(0, now - (this.#filledAt ?? now));
    this.#tokens = Math.min(this.#tokens + elapsed * this.#rate, this.#burstBytes);
    this.#filledAt = now;
  }

  #floor(packetClass: PacketClass): number {
    switch (packetClass) {
      case PacketClass.AUDIO:
        return -Infinity;
      case PacketClass.RETRANSMISSION:
        return -this.#burstBytes;
      case PacketClass.VIDEO:
        return 0;
    }
  }
}
