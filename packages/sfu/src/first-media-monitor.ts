import type { Histogram } from './histogram.js';
import type { Participant } from './participant.js';

/**
 * Measures from a participant's join to the first RTP packet from or to it: to the next look at it.
 *
 * Only of those for whom there was something to send or receive when their connection came about: a track of their own,
 * or one that they are subscribed to, that is not muted. Others wait for people, not for the server.
 */
export class FirstMediaMonitor {
  readonly #seconds: Histogram;
  /** When they joined, milliseconds; those that are connected already and still without media are in `#expecting` too. */
  readonly #joined = new Map<Participant, number>();
  readonly #expecting = new Set<Participant>();

  /** @param seconds Takes what is measured. */
  constructor(seconds: Histogram) {
    this.#seconds = seconds;
  }

  joined(participant: Participant, now: number): void {
    this.#joined.set(participant, now);
  }

  /** To be called often: what is measured is that late at most. */
  update(now: number): void {
    for (const [participant, joinedAt] of this.#joined) {
      const { state } = participant;
      if (state === 'joining' || state === 'joined') continue;
      if (state === 'active' && !this.#expecting.has(participant) && expectsMedia(participant)) {
        this.#expecting.add(participant);
      }
      if (state === 'active' && this.#expecting.has(participant)) {
        if (!hasMedia(participant)) continue;
        this.#seconds.observe((now - joinedAt) / 1000);
      }
      this.#joined.delete(participant);
      this.#expecting.delete(participant);
    }
  }
}

function expectsMedia({ publications, subscriptions }: Participant): boolean {
  return (
    [...publications.values()].some(({ attached, muted }) => attached && !muted) ||
    [...subscriptions.values()].some(({ enabled, publication }) => enabled && !publication.muted)
  );
}

function hasMedia({ publications, subscriptions }: Participant): boolean {
  return (
    [...publications.values()].some(({ encodings }) => encodings.length > 0) ||
    [...subscriptions.values()].some(({ sender }) => sender !== undefined && sender.reports.packets > 0)
  );
}
