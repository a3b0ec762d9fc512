import { Store } from '../lib/store.js';
import type { ParticipantView } from './participants.js';

/** After the own connection was made anew, others that lost theirs too get this long to come back. */
export const RETURN_MS = 12_000;

/**
 * Everybody in the call. Whoever vanishes because the own connection is made anew stays, as they were last seen, until
 * they are back or it is clear that they are not coming.
 */
export class Roster {
  readonly participants = new Store<readonly ParticipantView[]>([]);
  /** Those who were there when the connection was lost and have not been seen since. */
  #missing = new Set<string>();
  #reconnecting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  update(now: readonly ParticipantView[]): void {
    const before = this.participants.get();
    const present = new Map(now.map((participant) => [participant.identity, participant]));
    if (!this.#reconnecting) for (const identity of present.keys()) this.#missing.delete(identity);
    const kept = before.flatMap((earlier) => {
      const current = present.get(earlier.identity);
      present.delete(earlier.identity);
      // One's own devices are published anew meanwhile: their going and coming is nothing to show.
      if (this.#reconnecting && earlier.isLocal) return [earlier];
      if (this.#missing.has(earlier.identity)) return [away(earlier)];
      return current === undefined ? [] : [current];
    });
    const all = [...kept, ...present.values()];
    const reused = all.map((participant) => {
      const earlier = before.find(({ identity }) => identity === participant.identity);
      return earlier !== undefined && isSame(earlier, participant) ? earlier : participant;
    });
    const unchanged =
      reused.length === before.length && reused.every((participant, index) => participant === before[index]);
    if (!unchanged) this.participants.set(reused);
  }

  /** The connection is made anew: the room is about to look empty. */
  lost(): void {
    clearTimeout(this.#timer);
    this.#reconnecting = true;
    const others = this.participants.get().filter(({ isLocal }) => !isLocal);
    this.#missing = new Set(others.map(({ identity }) => identity));
    this.update(this.participants.get());
  }

  /** The connection is there again, with `now` in the room. */
  regained(now: readonly ParticipantView[]): void {
    this.#reconnecting = false;
    this.update(now);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#missing.clear();
      this.update(this.participants.get().filter(({ isAway }) => !isAway));
    }, RETURN_MS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#reconnecting = false;
    this.#missing.clear();
    this.participants.set([]);
  }
}

function away(participant: ParticipantView): ParticipantView {
  return { ...participant, isAway: true, isSpeaking: false, audio: [] };
}

function isSame(one: ParticipantView, other: ParticipantView): boolean {
  const { audio, ...rest } = one;
  const { audio: otherAudio, ...otherRest } = other;
  const values = Object.values(rest);
  return (
    Object.values(otherRest).every((value, index) => Object.is(value, values[index])) &&
    audio.length === otherAudio.length &&
    audio.every((track, index) => track === otherAudio[index])
  );
}
