/* eslint-disable @typescript-eslint/require-await -- it answers at once, behind an interface whose other twin cannot */
import { DirectoryError, type RoomDirectory, type RoomLease } from './room-directory.js';

export interface LocalRoomDirectoryOptions {
  /** Monotonic time in milliseconds. */
  now: () => number;
  /** Milliseconds. */
  timeToLive?: number;
}

interface Member {
  expiresAt: number;
  readonly rooms: Set<string>;
}

const TIME_TO_LIVE = 15_000;

/** The directory of one process, in its memory. */
export class LocalRoomDirectory implements RoomDirectory {
  readonly timeToLive: number;
  readonly #now: () => number;
  readonly #members = new Map<string, Member>();
  readonly #leases = new Map<string, RoomLease>();
  #fencingToken = 0;

  constructor({ now, timeToLive = TIME_TO_LIVE }: LocalRoomDirectoryOptions) {
    this.#now = now;
    this.timeToLive = timeToLive;
  }

  async join(node: string): Promise<void> {
    this.#forget(node);
    this.#members.set(node, { expiresAt: this.#now() + this.timeToLive, rooms: new Set() });
  }

  async renew(node: string): Promise<boolean> {
    const member = this.#member(node);
    if (member === undefined) return false;
    member.expiresAt = this.#now() + this.timeToLive;
    return true;
  }

  async leave(node: string): Promise<void> {
    this.#forget(node);
  }

  async find(room: string): Promise<RoomLease | undefined> {
    return this.#lease(room);
  }

  async claim(room: string, node: string): Promise<RoomLease> {
    const member = this.#member(node);
    if (member === undefined) {
      throw new DirectoryError('node_absent', `Node ${node} is no member of the directory`, {
        remedy: 'Let it join before rooms are given to it.',
      });
    }
    const present = this.#lease(room);
    if (present !== undefined) return present;
    this.#fencingToken += 1;
    const lease: RoomLease = { room, node, fencingToken: this.#fencingToken };
    this.#leases.set(room, lease);
    member.rooms.add(room);
    return lease;
  }

  async release({ room, node, fencingToken }: RoomLease): Promise<void> {
    if (this.#leases.get(room)?.fencingToken !== fencingToken) return;
    this.#leases.delete(room);
    this.#members.get(node)?.rooms.delete(room);
  }

  #lease(room: string): RoomLease | undefined {
    const lease = this.#leases.get(room);
    return lease !== undefined && this.#member(lease.node) !== undefined ? lease : undefined;
  }

  /** Absent once its time is over, which is noticed when somebody asks. */
  #member(node: string): Member | undefined {
    const member = this.#members.get(node);
    if (member === undefined || this.#now() < member.expiresAt) return member;
    this.#forget(node);
    return undefined;
  }

  #forget(node: string): void {
    for (const room of this.#members.get(node)?.rooms ?? []) this.#leases.delete(room);
    this.#members.delete(node);
  }
}
