import { TokenBucket } from '@parley/transport/token-bucket';

/** Messages and bytes a second, and at once: far more than a client in a large room sends while it joins. */
const MESSAGES = { rate: 200, burst: 1000 };
const BYTES = { rate: 2 * 1024 * 1024, burst: 8 * 1024 * 1024 };
/** An offer costs the server much more than other messages; a client waits for each answer. */
const OFFERS = { rate: 20, burst: 50 };

/** How much one client may send over signalling before it counts as a flood. */
export class SignalLimits {
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #offers: TokenBucket;

  constructor(now: number) {
    this.#messages = new TokenBucket(MESSAGES.rate, MESSAGES.burst, now);
    this.#bytes = new TokenBucket(BYTES.rate, BYTES.burst, now);
    this.#offers = new TokenBucket(OFFERS.rate, OFFERS.burst, now);
  }

  allowsMessage(length: number, now: number): boolean {
    return this.#messages.take(1, now) && this.#bytes.take(length, now);
  }

  allowsOffer(now: number): boolean {
    return this.#offers.take(1, now);
  }
}
