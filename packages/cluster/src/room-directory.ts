import { CodedError } from '@parley/core';

/** A room is this node's to run, as long as the node is there. */
export interface RoomLease {
  readonly room: string;
  readonly node: string;
  /** Grows with each lease that the directory gives: of two leases of one room, that with the higher one holds. */
  readonly fencingToken: number;
}

/** `node_absent`: a node that has not joined, or was not renewed in time, cannot be given rooms. */
export type DirectoryErrorCode = 'node_absent' | 'directory_unreachable';

export class DirectoryError extends CodedError<DirectoryErrorCode> {
  override readonly name = 'DirectoryError';
}

/**
 * Which node has which room. A node joins, and renews its membership before its time to live is over; its rooms are
 * leased to it as long as it is a member. What one user of a directory asks takes effect in the order in which it asked.
 */
export interface RoomDirectory {
  /** Milliseconds that a node stays a member without being renewed. */
  readonly timeToLive: number;
  /** The node takes rooms from now on. One that is a member starts anew: rooms that it had are nobody's. */
  join(node: string): Promise<void>;
  /** Answers whether the node was still a member. If it was not, its rooms may be others' by now. */
  renew(node: string): Promise<boolean>;
  /** The node is gone; rooms that it had are nobody's. */
  leave(node: string): Promise<void>;
  find(room: string): Promise<RoomLease | undefined>;
  /** Gives the room to the node unless one has it; answers whose it is now. Throws `node_absent`. */
  claim(room: string, node: string): Promise<RoomLease>;
  /** The room has ended. Changes nothing when it was given to somebody since. */
  release(lease: RoomLease): Promise<void>;
}
