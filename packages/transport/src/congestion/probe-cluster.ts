/** Share of a probe's bytes that must have arrived for a result. */
const MIN_RECEIVED = 0.8;

/** Packets of a probe that must have arrived. */
const MIN_PACKETS = 3;

/** A probe that arrived more slowly than this share of its rate filled the path. */
const SATURATED = 0.9;

/** Share of the rate at which a saturating probe arrived that is taken as usable. */
const USABLE = 0.95;

/** Packets sent in a short time to see how fast they arrive. */
export class ProbeCluster {
  readonly id: number;
  /** The rate to be tried, in bit/s. */
  readonly bitrate: number;
  /** How much is to be sent. */
  readonly bytes: number;
  #packets = 0;
  #received = 0;
  #firstSent = Infinity;
  #lastSent = -Infinity;
  #lastSentBytes = 0;
  #firstArrival = Infinity;
  #lastArrival = -Infinity;
  #firstArrivedBytes = 0;

  constructor(id: number, bitrate: number, bytes: number) {
    this.id = id;
    this.bitrate = bitrate;
    this.bytes = bytes;
  }

  /** A packet arrived; the times are in milliseconds, each on a clock of its own. */
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

  /** What the path carries, in bit/s; undefined as long as too little arrived. */
  result(): number | undefined {
    if (this.#packets < MIN_PACKETS || this.#received < this.bytes * MIN_RECEIVED) return undefined;
    const sent = rate(this.#received - this.#lastSentBytes, this.#lastSent - this.#firstSent);
    const arrived = rate(this.#received - this.#firstArrivedBytes, this.#lastArrival - this.#firstArrival);
    // Sent all at once, a probe still tries no more than what it was made for.
    const tried = Math.min(sent, this.bitrate);
    return arrived < tried * SATURATED ? arrived * USABLE : tried;
  }
}

function rate(bytes: number, duration: number): number {
  return duration <= 0 ? Infinity : (bytes * 8000) / duration;
}
