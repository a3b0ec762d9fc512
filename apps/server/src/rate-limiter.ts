/** A token bucket: `rate` units a second, `burst` at once. Times are milliseconds. */
export class TokenBucket {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #updated: number;

  constructor(rate: number, burst: number, now: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#updated = now;
  }

  /** Takes `cost` units; false when there are not enough, and then takes none. */
  take(now: number, cost = 1): boolean {
    const elapsed = Math.max(0, now - this.#updated);
    this.#updated = now;
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsed * this.#rate) / 1000);
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }
}

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
    return bucket.take(now);
  }
}

function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const after = tail?.split(':').filter((group) => group !== '') ?? [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  return [...groups, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4).join(':');
}
