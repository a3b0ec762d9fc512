import { GRACE, reachOf } from './presence-state.js';
import type { Connections, Reach } from './presence-state.js';

/** Where servers note which connections people have. Times are milliseconds since 1970. */
export interface ConnectionBoard {
  /** A connection is there, or is another now. */
  put(userId: string, connectionId: string, active: boolean, now: number): Promise<void>;
  remove(userId: string, connectionId: string, now: number): Promise<void>;
  /** Something else about them has changed that others see. */
  touch(userId: string): Promise<void>;
  /** Of those who are asked about. */
  reach(userIds: readonly string[], now: number): Promise<Map<string, Reach>>;
  /** Who may be seen otherwise now than when this was asked last. */
  takeChanged(now: number): Promise<string[]>;
}

/** The board of one server, in its memory. */
export class MemoryConnectionBoard implements ConnectionBoard {
  /** By person and connection: whether somebody is there. */
  readonly #connections = new Map<string, Map<string, boolean>>();
  /** Whose last connection is gone, in the order in which they went. */
  readonly #leaving = new Map<string, { goneAt: number; before: Reach }>();
  readonly #changed = new Set<string>();

  put(userId: string, connectionId: string, active: boolean): Promise<void> {
    const own = this.#connections.get(userId) ?? new Map<string, boolean>();
    this.#connections.set(userId, own.set(connectionId, active));
    this.#leaving.delete(userId);
    return this.touch(userId);
  }

  remove(userId: string, connectionId: string, now: number): Promise<void> {
    const before = this.#reachOf(userId, now);
    const own = this.#connections.get(userId);
    if (own?.delete(connectionId) !== true) return Promise.resolve();
    if (own.size > 0) return this.touch(userId);
    this.#connections.delete(userId);
    this.#leaving.set(userId, { goneAt: now, before });
    return Promise.resolve();
  }

  touch(userId: string): Promise<void> {
    this.#changed.add(userId);
    return Promise.resolve();
  }

  reach(userIds: readonly string[], now: number): Promise<Map<string, Reach>> {
    return Promise.resolve(new Map(userIds.map((userId) => [userId, this.#reachOf(userId, now)])));
  }

  takeChanged(now: number): Promise<string[]> {
    for (const [userId, { goneAt }] of this.#leaving) {
      if (now - goneAt < GRACE) break;
      this.#leaving.delete(userId);
      this.#changed.add(userId);
    }
    const changed = [...this.#changed];
    this.#changed.clear();
    return Promise.resolve(changed);
  }

  #reachOf(userId: string, now: number): Reach {
    const own = this.#connections.get(userId);
    const active = [...(own?.values() ?? [])].filter(Boolean).length;
    const leaving = this.#leaving.get(userId);
    const connections: Connections = {
      ...{ active, idle: (own?.size ?? 0) - active },
      ...{ goneAt: leaving?.goneAt, before: leaving?.before ?? 'offline' },
    };
    return reachOf(connections, now);
  }
}
