/** What a link does to the datagrams of one direction. Shares are from 0 to 1. */
export interface LinkProfile {
  /** Share that is lost. */
  loss: number;
  /** Milliseconds on the way, for all. */
  delay: number;
  /** Up to so many milliseconds more, by chance; what follows waits, so that the order stays. */
  jitter: number;
  /** Share that is held back by `REORDER_MS`, and overtaken. */
  reorder: number;
  /** Share that arrives twice. */
  duplicate: number;
  bitsPerSecond: number;
  /** Milliseconds that a datagram may wait for those before it to be sent; what would wait longer is lost. */
  queue: number;
}

export const PERFECT: LinkProfile = {
  loss: 0,
  delay: 0,
  jitter: 0,
  reorder: 0,
  duplicate: 0,
  bitsPerSecond: Infinity,
  queue: 300,
};

/** How much later a datagram comes that is overtaken. */
const REORDER_MS = 30;
/** Headers of IPv4 and UDP. */
const OVERHEAD_BYTES = 28;

/** Says of each datagram of one direction when it arrives. Does no I/O; `random` gives numbers from 0 to below 1. */
export class Impairment {
  profile: LinkProfile;
  readonly #random: () => number;
  /** When the link will have sent all that was given to it. */
  #free = -Infinity;
  /** When the latest arrives of those that keep their order. */
  #latest = -Infinity;

  constructor(profile: LinkProfile, random: () => number) {
    this.profile = profile;
    this.#random = random;
  }

  /** Times of arrival, in milliseconds: none where the datagram is lost, two where it is duplicated. */
  arrivals(bytes: number, now: number): number[] {
    const { loss, delay, jitter, reorder, duplicate, bitsPerSecond, queue } = this.profile;
    const start = Math.max(now, this.#free);
    if (start - now > queue) return [];
    this.#free = start + ((bytes + OVERHEAD_BYTES) * 8_000) / bitsPerSecond;
    if (this.#random() < loss) return [];
    const due = this.#free + delay + this.#random() * jitter;
    const copies = this.#random() < duplicate ? 2 : 1;
    if (this.#random() < reorder) return Array<number>(copies).fill(due + REORDER_MS);
    this.#latest = Math.max(this.#latest, due);
    return Array<number>(copies).fill(this.#latest);
  }
}
