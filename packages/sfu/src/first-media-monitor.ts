import type { Histogram } from '@parley/core';
import type { Participant } from './participant.js';

/** Milliseconds between two looks: what is measured is that late at most. */
const INTERVAL = 50;

/**
 * Measures from a participant's join to the first RTP packet from or to it: to the next look at it.
 *
 * Only of those for whom there is something to send or receive from when their connection has come about until then: a
 * track of their own, or one that they are subscribed to, that is not muted. Others wait for people, not for the server.
 */
export class FirstMediaMonitor {
  readonly #seconds: Histogram;
  /** When they joined, milliseconds. */
  readonly #waiting = new Map<Participant, number>();
  #lookAt = 0;

  /** @param seconds Takes what is measured. */
  constructor(seconds: Histogram) {
    this.#seconds = seconds;
  }

  joined(participant: Participant, now: number): void {
    this.#waiting.set(participant, now);
  }

  /** When to look at those who wait for media; Infinity where nobody does. */
  get deadline(): number {
    return this.#waiting.size === 0 ? Infinity : this.#lookAt;
  }

  handleTimeout(now: number): void {
    if (now < this.#lookAt) return;
    this.#lookAt = now + INTERVAL;
    for (const [participant, joinedAt] of this.#waiting) {
      const { state } = participant;
      if (state === 'joining' || state === 'joined') continue;
      const isWaiting = state === 'active' && expectsMedia(participant);
      if (isWaiting && !hasMedia(participant)) continue;
      if (isWaiting) this.#seconds.observe((now - joinedAt) / 1000);
      this.#waiting.delete(participant);
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
    [...publications.values()].some(({ streams }) => streams.length > 0) ||
    [...subscriptions.values()].some(({ sender }) => sender !== undefined && sender.reports.packets > 0)
  );
}
