import { networkOf } from './network-of.js';
import { TokenBucket } from './token-bucket.js';

/** One bucket an address; remembers the addresses seen last. An IPv6 network of 64 bits counts as one address. */
export class AddressRateLimiter {
  readonly #rate: number;
  readonly #burst: number;
  readonly #capacity: number;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(rate: number, burst: number, capacity = 10_000) {
    this.#rate = rate;
    this.#burst = burst;
    this.#capacity = capacity;
  }

  take(address: string, now: number): boolean {
    const key = networkOf(address);
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#rate, this.#burst, now);
    // Inserted anew, so that the first entry is always the one unused for longest.
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.#capacity) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return bucket.take(1, now);
  }
}
