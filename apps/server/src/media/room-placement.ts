import type { RoomDirectory, RoomLease } from '@parley/cluster';

/** Keeps a room where it is while something is on its way that may begin it. To be released once. */
export interface Reservation {
  readonly thread: number;
  readonly release: () => void;
}

export interface RoomPlacementOptions {
  directory: RoomDirectory;
  /** What the directory knows the media threads by, in their order. */
  nodes: readonly string[];
  /** By thread; undefined for one that takes no rooms. */
  loads: () => readonly (number | undefined)[];
  /** The thread runs a room that is another's: it has to end there. */
  onForeign: (room: string, thread: number) => void;
  /** The directory did not do what it was told in the background. */
  onFailure: (error: unknown) => void;
}

interface Place {
  readonly room: string;
  readonly thread: number;
  reservations: number;
  /** The thread has said that the room began. */
  open: boolean;
  /** Absent until the directory has answered. */
  lease: RoomLease | undefined;
  /** Settles when it has. */
  claim: Promise<void>;
}

interface Thread {
  readonly node: string;
  rooms: number;
  /** Reservations that wait for the directory. */
  waiting: number;
}

/**
 * Which media thread has which room. A room is whole on one thread, and stays there until it has ended.
 *
 * A thread begins a room when something comes for it, and says so later: what is on its way is reserved, so that
 * whatever else comes for the room meanwhile goes to the same thread. The directory says whose a room is; what is
 * leased to these threads is remembered here, so that it is asked once for each room.
 */
export class RoomPlacement {
  readonly #options: RoomPlacementOptions;
  readonly #directory: RoomDirectory;
  readonly #threads: readonly Thread[];
  readonly #places = new Map<string, Place>();

  constructor(options: RoomPlacementOptions) {
    this.#options = options;
    this.#directory = options.directory;
    this.#threads = options.nodes.map((node) => ({ node, rooms: 0, waiting: 0 }));
  }

  /** Makes the threads members of the directory. */
  async start(): Promise<void> {
    await Promise.all(this.#threads.map(({ node }) => this.#directory.join(node)));
  }

  /** The thread that has the room, or is about to. */
  threadOf(room: string): number | undefined {
    return this.#places.get(room)?.thread;
  }

  /**
   * Reserves the room on the thread that has it, or else on the one with the least load, or of those with the fewest
   * rooms. Undefined when none takes rooms; rejects when the directory does not give it to any.
   */
  async reserve(room: string): Promise<Reservation | undefined> {
    for (;;) {
      const place = this.#places.get(room) ?? this.#placeAnywhere(room);
      if (place === undefined) return undefined;
      const thread = this.#thread(place.thread);
      place.reservations += 1;
      thread.waiting += 1;
      try {
        await place.claim;
      } finally {
        thread.waiting -= 1;
      }
      // Its thread may have died meanwhile.
      if (this.#places.get(room) === place) return this.#reservation(place);
    }
  }

  /** The thread has begun the room. */
  started(room: string, thread: number): void {
    const place = this.#places.get(room) ?? this.#place(room, thread);
    if (place.thread === thread) place.open = true;
    else this.#options.onForeign(room, thread);
  }

  /** The room has ended there. */
  finished(room: string, thread: number): void {
    const place = this.#places.get(room);
    if (place?.thread !== thread) return;
    place.open = false;
    this.#forgetIfUnused(place);
  }

  /** The thread has died, and all its rooms with it. */
  threadEnded(thread: number): void {
    for (const place of this.#placesOf(thread)) this.#forget(place);
    this.#background(this.#directory.join(this.#thread(thread).node));
  }

  /** Keeps the threads members; to be called well before the directory's time to live is over. */
  async renew(): Promise<void> {
    await Promise.all(
      this.#threads.map(async ({ node }, thread) => {
        if (!(await this.#directory.renew(node))) await this.#joinAgain(thread);
      }),
    );
  }

  /** The threads are gone. */
  async close(): Promise<void> {
    this.#places.clear();
    await Promise.all(this.#threads.map(({ node }) => this.#directory.leave(node)));
  }

  /** The thread was not renewed in time: it keeps those rooms that nobody else was given meanwhile. */
  async #joinAgain(thread: number): Promise<void> {
    await this.#directory.join(this.#thread(thread).node);
    for (const place of this.#placesOf(thread)) this.#claim(place);
  }

  #placeAnywhere(room: string): Place | undefined {
    const thread = this.#leastLoaded();
    return thread === undefined ? undefined : this.#place(room, thread);
  }

  #place(room: string, thread: number): Place {
    const claim = Promise.resolve();
    const place: Place = { room, thread, reservations: 0, open: false, lease: undefined, claim };
    this.#places.set(room, place);
    this.#thread(thread).rooms += 1;
    this.#claim(place);
    return place;
  }

  /** Asks the directory for the room. */
  #claim(place: Place): void {
    place.lease = undefined;
    place.claim = this.#lease(place);
    this.#background(place.claim);
  }

  async #lease(place: Place): Promise<void> {
    const { room, thread } = place;
    const { node } = this.#thread(thread);
    try {
      const lease = await this.#directory.claim(room, node);
      // Of a thread that died meanwhile: whoever runs there now knows nothing of the room.
      if (this.#places.get(room) !== place) return;
      if (lease.node !== node) throw new Error(`Room ${room} is on ${lease.node}, not on ${node}.`);
      place.lease = lease;
      this.#forgetIfUnused(place);
    } catch (error) {
      if (this.#places.get(room) === place) this.#forget(place);
      if (place.open) this.#options.onForeign(room, thread);
      throw error;
    }
  }

  #reservation(place: Place): Reservation {
    return {
      thread: place.thread,
      release: () => {
        place.reservations -= 1;
        this.#forgetIfUnused(place);
      },
    };
  }

  #forgetIfUnused(place: Place): void {
    // A place of a thread that has died may be somebody else's by now.
    if (place.open || place.reservations > 0 || this.#places.get(place.room) !== place) return;
    // Not while it is being claimed: whoever comes then would be given what is about to be released.
    if (place.lease === undefined) return;
    this.#forget(place);
    this.#background(this.#directory.release(place.lease));
  }

  #forget(place: Place): void {
    this.#places.delete(place.room);
    this.#thread(place.thread).rooms -= 1;
  }

  #placesOf(thread: number): Place[] {
    return [...this.#places.values()].filter((place) => place.thread === thread);
  }

  #leastLoaded(): number | undefined {
    let best: { thread: number; load: number; rooms: number } | undefined;
    for (const [thread, connections] of this.#options.loads().entries()) {
      if (connections === undefined) continue;
      const { rooms, waiting } = this.#thread(thread);
      const load = connections + waiting;
      if (best && (load > best.load || (load === best.load && rooms >= best.rooms))) continue;
      best = { thread, load, rooms };
    }
    return best?.thread;
  }

  #thread(thread: number): Thread {
    const found = this.#threads[thread];
    if (found === undefined) throw new Error(`There is no media thread ${thread}.`);
    return found;
  }

  #background(done: Promise<unknown>): void {
    done.catch(this.#options.onFailure);
  }
}
