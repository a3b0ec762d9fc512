import type { Link } from './link.js';

const PACKET_BYTES = 1500;

/** A download that fills the queue of a link, as TCP Reno does: one packet more a round trip, half of them after a loss. */
export class TcpFlow {
  readonly #link: Link;
  #window = 10;
  #threshold = Infinity;
  #inFlight = 0;
  #acks: { at: number; lost: boolean }[] = [];
  #recoveryUntil = 0;
  #received = 0;

  constructor(link: Link) {
    this.#link = link;
  }

  /** Bytes that arrived since the last call. */
  takeReceived(): number {
    const received = this.#received;
    this.#received = 0;
    return received;
  }

  advance(now: number): void {
    const due = this.#acks.filter(({ at }) => at <= now);
    this.#acks = this.#acks.filter(({ at }) => at > now);
    for (const { lost } of due) this.#acknowledge(lost, now);
    while (this.#inFlight < Math.floor(this.#window)) this.#send(now);
  }

  #send(now: number): void {
    const { delay } = this.#link.options;
    this.#inFlight++;
    const queued = this.#link.send(PACKET_BYTES, now, (arrival) => {
      this.#received += PACKET_BYTES;
      this.#acks.push({ at: arrival + delay, lost: false });
    });
    if (!queued) this.#acks.push({ at: now + 2 * delay + this.#link.wait, lost: true });
  }

  #acknowledge(lost: boolean, now: number): void {
    this.#inFlight--;
    if (!lost) {
      this.#window += this.#window < this.#threshold ? 1 : 1 / this.#window;
    } else if (now >= this.#recoveryUntil) {
      this.#window = Math.max(2, this.#window / 2);
      this.#threshold = this.#window;
      this.#recoveryUntil = now + 2 * this.#link.options.delay + this.#link.wait;
    }
  }
}
