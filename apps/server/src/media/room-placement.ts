/** Keeps a room where it is while something is on its way that may begin it. To be released once. */
export interface Reservation {
  readonly thread: number;
  readonly release: () => void;
}

interface Place {
  readonly thread: number;
  reservations: number;
  /** The thread has said that the room began. */
  open: boolean;
}

/**
 * Which media thread has which room. A room is whole on one thread, and stays there until it has ended.
 *
 * A thread begins a room when something comes for it, and says so later: what is on its way is reserved, so that
 * whatever else comes for the room meanwhile goes to the same thread.
 */
export class RoomPlacement {
  readonly #places = new Map<string, Place>();
  /** Rooms by thread. */
  readonly #counts: number[];

  constructor(threads: number) {
    this.#counts = Array.from({ length: threads }, () => 0);
  }

  /** The thread that has the room, or is about to. */
  threadOf(room: string): number | undefined {
    return this.#places.get(room)?.thread;
  }

  /**
   * Reserves the room on the thread that has it, or else on the one with the least load, or of those with the fewest
   * rooms.
   *
   * @param loads By thread; undefined for one that takes no rooms. Undefined is the answer when none does.
   */
  reserve(room: string, loads: readonly (number | undefined)[]): Reservation | undefined {
    const thread = this.threadOf(room) ?? this.#leastLoaded(loads);
    if (thread === undefined) return undefined;
    const place = this.#place(room, thread);
    place.reservations += 1;
    return {
      thread,
      release: () => {
        place.reservations -= 1;
        this.#forgetIfUnused(room, place);
      },
    };
  }

  /** The thread has begun the room. */
  started(room: string, thread: number): void {
    const place = this.#place(room, thread);
    if (place.thread === thread) place.open = true;
  }

  /** The room has ended there. */
  finished(room: string, thread: number): void {
    const place = this.#places.get(room);
    if (place?.thread !== thread) return;
    place.open = false;
    this.#forgetIfUnused(room, place);
  }

  /** The thread has died, and all its rooms with it. */
  threadEnded(thread: number): void {
    for (const [room, place] of this.#places) if (place.thread === thread) this.#places.delete(room);
    this.#counts[thread] = 0;
  }

  #place(room: string, thread: number): Place {
    let place = this.#places.get(room);
    if (place === undefined) {
      place = { thread, reservations: 0, open: false };
      this.#places.set(room, place);
      this.#counts[thread] = (this.#counts[thread] ?? 0) + 1;
    }
    return place;
  }

  #forgetIfUnused(room: string, place: Place): void {
    // A place of a thread that has died may be somebody else's by now.
    if (place.open || place.reservations > 0 || this.#places.get(room) !== place) return;
    this.#places.delete(room);
    this.#counts[place.thread] = (this.#counts[place.thread] ?? 0) - 1;
  }

  #leastLoaded(loads: readonly (number | undefined)[]): number | undefined {
    let best: { thread: number; load: number; rooms: number } | undefined;
    for (const [thread, load] of loads.entries()) {
      const rooms = this.#counts[thread] ?? 0;
      if (load === undefined) continue;
      if (best && (load > best.load || (load === best.load && rooms >= best.rooms))) continue;
      best = { thread, load, rooms };
    }
    return best?.thread;
  }
}
