import { networkOf } from '@parley/core';

export interface SignInThrottleLimits {
  /** Failures after which one has to wait. */
  free: number;
  /** Milliseconds to wait then; twice as long after each further failure. */
  first: number;
  /** Milliseconds, the longest that one waits. */
  longest: number;
  /** Milliseconds without a failure after which all is forgotten. */
  forget: number;
}

/** Short, since whoever guesses at somebody's password makes them wait too. */
const OF_ACCOUNT: SignInThrottleLimits = { free: 5, first: 1000, longest: 30_000, forget: 900_000 };

/** Of an address there may be many people behind one router. */
const OF_ADDRESS: SignInThrottleLimits = { free: 20, first: 1000, longest: 900_000, forget: 3_600_000 };

const CAPACITY = 20_000;

interface Attempt {
  /** Of the account; compared by its key, whether it exists or not. */
  userNameKey: string;
  address: string;
  /** Monotonic time in milliseconds. */
  now: number;
}

/**
 * Slows who guesses at passwords: one account from many addresses, and many accounts from one. An attempt counts as failed
 * from its beginning, so that many at once are no way around; success takes it back.
 */
export class SignInThrottle {
  readonly #accounts: Failures;
  readonly #addresses: Failures;

  constructor({ account = OF_ACCOUNT, address = OF_ADDRESS, capacity = CAPACITY } = {}) {
    this.#accounts = new Failures(account, capacity);
    this.#addresses = new Failures(address, capacity);
  }

  /** Milliseconds to wait before this attempt may be made; 0 where it may, and then it counts. */
  begin({ userNameKey, address, now }: Attempt): number {
    const network = networkOf(address);
    const wait = Math.max(this.#accounts.wait(userNameKey, now), this.#addresses.wait(network, now));
    if (wait > 0) return wait;
    this.#accounts.add(userNameKey, now);
    this.#addresses.add(network, now);
    return 0;
  }

  /** The attempt was right. Of the address one failure is taken back only: an account of one's own is no way around. */
  succeeded({ userNameKey, address }: Omit<Attempt, 'now'>): void {
    this.#accounts.forget(userNameKey);
    this.#addresses.takeBack(networkOf(address));
  }
}

/** Failures by key, of those that failed last. */
class Failures {
  readonly #limits: SignInThrottleLimits;
  readonly #capacity: number;
  readonly #byKey = new Map<string, { count: number; last: number }>();

  constructor(limits: SignInThrottleLimits, capacity: number) {
    this.#limits = limits;
    this.#capacity = capacity;
  }

  wait(key: string, now: number): number {
    const failures = this.#current(key, now);
    const { free, first, longest } = this.#limits;
    if (failures === undefined || failures.count < free) return 0;
    const delay = Math.min(longest, first * 2 ** (failures.count - free));
    return Math.max(0, failures.last + delay - now);
  }

  add(key: string, now: number): void {
    const count = (this.#current(key, now)?.count ?? 0) + 1;
    // Inserted anew, so that the first entry is always the oldest.
    this.#byKey.delete(key);
    this.#byKey.set(key, { count, last: now });
    if (this.#byKey.size <= this.#capacity) return;
    const [oldest] = this.#byKey.keys();
    if (oldest !== undefined) this.#byKey.delete(oldest);
  }

  takeBack(key: string): void {
    const failures = this.#byKey.get(key);
    if (failures !== undefined) failures.count -= 1;
  }

  forget(key: string): void {
    this.#byKey.delete(key);
  }

  #current(key: string, now: number): { count: number; last: number } | undefined {
    const failures = this.#byKey.get(key);
    return failures !== undefined && now - failures.last < this.#limits.forget ? failures : undefined;
  }
}
