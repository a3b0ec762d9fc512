/** What a simulated link does to packets; times in milliseconds. */
export interface LinkOptions {
  /** bit/s. */
  bitrate: number;
  /** Propagation, one way. */
  delay: number;
  /** Packets that would wait longer than this are dropped. */
  queue: number;
  /** Share of packets lost at random, 0–1. */
  loss?: number;
  /** A packet is delayed by up to this much more, at random. */
  jitter?: number;
  /** Whether jitter may bring packets out of order. */
  reorders?: boolean;
  random: () => number;
}

interface Waiting {
  bytes: number;
  deliver: (now: number) => void;
}

interface Flying {
  arrival: number;
  deliver: (now: number) => void;
}

/** A link of limited rate with a drop-tail queue, shared by whoever sends into it. */
export class Link {
  readonly options: LinkOptions;
  /** The longest that a packet waited since the last `takeLongestWait`, in milliseconds. */
  #longestWait = 0;
  readonly #queue: Waiting[] = [];
  readonly #flying: Flying[] = [];
  #queuedBytes = 0;
  #lastDeparture = 0;
  #lastArrival = 0;

  constructor(options: LinkOptions) {
    this.options = options;
  }

  /** How long a packet sent now would wait. */
  get wait(): number {
    return (this.#queuedBytes * 8000) / this.options.bitrate;
  }

  takeLongestWait(): number {
    const wait = this.#longestWait;
    this.#longestWait = 0;
    return wait;
  }

  /** Returns false if the queue is full. */
  send(bytes: number, now: number, deliver: (now: number) => void): boolean {
    if (this.wait > this.options.queue) return false;
    this.#longestWait = Math.max(this.#longestWait, this.wait);
    if (this.#queue.length === 0) this.#lastDeparture = Math.max(this.#lastDeparture, now);
    this.#queue.push({ bytes, deliver });
    this.#queuedBytes += bytes;
    return true;
  }

  /** Delivers what arrives until `now`. */
  advance(now: number): void {
    const { bitrate, delay, loss = 0, jitter = 0, reorders = false, random } = this.options;
    for (let head = this.#queue[0]; head !== undefined; head = this.#queue[0]) {
      const departure = this.#lastDeparture + (head.bytes * 8000) / bitrate;
      if (departure > now) break;
      this.#queue.shift();
      this.#queuedBytes -= head.bytes;
      this.#lastDeparture = departure;
      if (random() < loss) continue;
      const earliest = reorders ? 0 : this.#lastArrival;
      const arrival = Math.max(departure + delay + random() * jitter, earliest);
      this.#lastArrival = arrival;
      this.#fly({ arrival, deliver: head.deliver });
    }
    while (this.#flying[0] !== undefined && this.#flying[0].arrival <= now) {
      const { arrival, deliver } = this.#flying.shift()!;
      deliver(arrival);
    }
  }

  #fly(packet: Flying): void {
    let at = this.#flying.length;
    while (at > 0 && this.#flying[at - 1]!.arrival > packet.arrival) at--;
    this.#flying.splice(at, 0, packet);
  }
}
