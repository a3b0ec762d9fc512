/** Share of a probe's bytes that must have arrived for a result. */
const MIN_RECEIVED = 0.8;

/** Packets of a probe that must have arrived. */
const MIN_PACKETS = 3;

/** A probe that arrived more slowly than this share of the rate at which it was sent filled the path. */
const SATURATED = 0.9;

/** Share of the rate at which a saturating probe arrived that is taken as usable. */
const USABLE = 0.95;

/** A probe is sent in so many pieces, or more. */
const PIECES = 5;

export interface ProbeClusterOptions {
  /** 1–255. */
  readonly id: number;
  /** The rate to be tried, in bit/s. */
  readonly bitrate: number;
  /** How much is to be sent at that rate. */
  readonly bytes: number;
  /** When the first packet is sent, in milliseconds. */
  readonly startedAt: number;
}

export interface ProbeResult {
  /** What the path carries, in bit/s. */
  readonly bitrate: number;
  /** Whether the path could not carry all that was tried. Other traffic has its part in the bitrate then. */
  readonly saturated: boolean;
}

/** Packets sent at a certain rate for a short time, to see how fast they arrive. */
export class ProbeCluster {
  readonly id: number;
  readonly bitrate: number;
  readonly #bytes: number;
  readonly #startedAt: number;
  #sent = 0;
  #packets = 0;
  #received = 0;
  #firstSent = Infinity;
  #lastSent = -Infinity;
  #lastSentBytes = 0;
  #firstArrival = Infinity;
  #lastArrival = -Infinity;
  #firstArrivedBytes = 0;

  constructor(options: ProbeClusterOptions) {
    this.id = options.id;
    this.bitrate = options.bitrate;
    this.#bytes = options.bytes;
    this.#startedAt = options.startedAt;
  }

  /** Milliseconds that it takes to send all. */
  get duration(): number {
    return (this.#bytes * 8000) / this.bitrate;
  }

  /** Bytes still to be sent. */
  get left(): number {
    return Math.max(0, this.#bytes - this.#sent);
  }

  /** Bytes to be sent now so that the rate is kept. */
  due(now: number): number {
    const elapsed = now - this.#startedAt + this.duration / PIECES;
    return Math.min(this.left, Math.max(0, Math.ceil((elapsed * this.bitrate) / 8000) - this.#sent));
  }

  /** A packet of the cluster was sent. */
  sent(bytes: number): void {
    this.#sent += bytes;
  }

  /** A packet of the cluster arrived; the times are in milliseconds, each on a clock of its own. */
  receive(bytes: number, sentAt: number, arrival: number): void {
    this.#packets++;
    this.#received += bytes;
    this.#firstSent = Math.min(this.#firstSent, sentAt);
    if (sentAt >= this.#lastSent) {
      this.#lastSent = sentAt;
      this.#lastSentBytes = bytes;
    }
    if (arrival < this.#firstArrival) {
      this.#firstArrival = arrival;
      this.#firstArrivedBytes = bytes;
    }
    this.#lastArrival = Math.max(this.#lastArrival, arrival);
  }

  /** What the probe showed; undefined as long as too little arrived. */
  result(): ProbeResult | undefined {
    if (this.#packets < MIN_PACKETS || this.#received < this.#bytes * MIN_RECEIVED) return undefined;
    const sent = rate(this.#received - this.#lastSentBytes, this.#lastSent - this.#firstSent);
    const arrived = rate(this.#received - this.#firstArrivedBytes, this.#lastArrival - this.#firstArrival);
    // Sent all at once, a probe still tries no more than what it was made for.
    const tried = Math.min(sent, this.bitrate);
    const saturated = arrived < tried * SATURATED;
    return { bitrate: saturated ? arrived * USABLE : tried, saturated };
  }
}

function rate(bytes: number, duration: number): number {
  return duration <= 0 ? Infinity : (bytes * 8000) / duration;
}
