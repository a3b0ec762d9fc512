/** Slow start and congestion avoidance for the one path of a WebRTC association, RFC 9260 section 7.2. */
export class CongestionControl {
  /** Path maximum data chunk size: what one packet can carry, in bytes. */
  readonly #packetSize: number;
  #window: number;
  #threshold = Infinity;
  /** Bytes acknowledged since the window last grew in congestion avoidance. */
  #partialAcked = 0;
  #lastSentAt: number | undefined;

  constructor(packetSize: number) {
    this.#packetSize = packetSize;
    this.#window = Math.min(4 * packetSize, Math.max(2 * packetSize, 4404));
  }

  /** Bytes that may be in flight. */
  get window(): number {
    return this.#window;
  }

  /**
   * The cumulative TSN moved on.
   * @param acked bytes newly acknowledged
   * @param inFlight bytes that were in flight before
   */
  onAcknowledged(acked: number, inFlight: number): void {
    const fullyUsed = inFlight + this.#packetSize > this.#window;
    if (this.#window <= this.#threshold) {
      if (fullyUsed) this.#window += Math.min(acked, this.#packetSize);
      return;
    }
    this.#partialAcked += acked;
    if (this.#partialAcked >= this.#window && fullyUsed) {
      this.#partialAcked -= this.#window;
      this.#window += this.#packetSize;
    }
    if (this.#partialAcked > this.#window) this.#partialAcked = this.#window;
  }

  /** A loss found by missing reports (section 7.2.4). */
  onFastRetransmit(): void {
    this.#halve();
    this.#window = this.#threshold;
  }

  /** A loss found by timeout (section 7.2.3). */
  onTimeout(): void {
    this.#halve();
    this.#window = this.#packetSize;
  }

  /** Data is about to be sent while none is in flight: a window unused for long says nothing (section 7.2.1). */
  onIdleEnd(now: number, timeout: number): void {
    if (this.#lastSentAt === undefined) return;
    const floor = 4 * this.#packetSize;
    for (let idle = now - this.#lastSentAt; idle >= timeout && this.#window > floor; idle -= timeout) {
      this.#window = Math.max(this.#window / 2, floor);
    }
  }

  onSent(now: number): void {
    this.#lastSentAt = now;
  }

  #halve(): void {
    this.#threshold = Math.max(this.#window / 2, 4 * this.#packetSize);
    this.#partialAcked = 0;
  }
}
