import type { Availability, Presence, PresenceOf } from '@parley/contract';
import { changing } from '../communities/visit.js';
import type { WorkspaceEvent } from '../events.js';
import type { ServiceOptions } from '../service-options.js';
import type { ConnectionBoard } from './connection-board.js';
import { loadAvailability, loadSights, whomSees } from './presence-queries.js';
import { presenceNews } from './presence-news.js';
import { shownPresence } from './presence-state.js';

export interface PresenceServiceOptions extends ServiceOptions {
  board: ConnectionBoard;
  /** Tells those who are connected to this server, and may know. */
  announce: (event: WorkspaceEvent) => Promise<void>;
}

/** Who is there. Others see of it what people want them to see. */
export class PresenceService {
  readonly #options: PresenceServiceOptions;
  /** What was told last, but for who is offline. */
  readonly #told = new Map<string, Presence>();
  #isTelling = false;

  constructor(options: PresenceServiceOptions) {
    this.#options = options;
  }

  /** A connection has been opened, or somebody has come to it or left it. */
  async connected(userId: string, connectionId: string, active: boolean): Promise<void> {
    const { board, now } = this.#options;
    await board.put(userId, connectionId, active, now());
  }

  async disconnected(userId: string, connectionId: string): Promise<void> {
    const { board, now } = this.#options;
    await board.remove(userId, connectionId, now());
  }

  /** All devices of who changes it are told. */
  async setAvailability(userId: string, availability: Availability): Promise<Availability> {
    await changing(this.#options, async ({ trx, events }) => {
      await trx.updateTable('users').set({ availability }).where('id', '=', userId).execute();
      events.push({
        type: 'availability_changed',
        payload: { availability },
        audience: { userIds: [userId] },
      });
    });
    await this.#options.board.touch(userId);
    return availability;
  }

  /** Of some people, as somebody sees them. A constant number of queries. */
  async list(userId: string, userIds: readonly string[]): Promise<PresenceOf[]> {
    const { db, now } = this.#options;
    const seen = await whomSees(db, { userId, now: now() }, userIds);
    const shown = await this.#shown([...seen]);
    return userIds.map((id) => ({ user_id: id, presence: shown.get(id) ?? 'offline' }));
  }

  /** Two are friends now, or one has blocked the other: what they see of each other may be another. */
  async relationChanged(one: string, other: string): Promise<void> {
    for (const [viewer, seen] of [
      [one, other],
      [other, one],
    ] as const) {
      // Nothing is another to who saw them offline before: that they have been blocked is not told.
      if ((await this.#shown([seen])).get(seen) === 'offline') continue;
      const people = await this.list(viewer, [seen]);
      const audience = { userIds: [viewer] };
      await this.#options.announce({ type: 'presence_changed', payload: { people }, audience });
    }
  }

  /** Tells what has changed since the last time, all of it at once. To be called about once a second. */
  async tell(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    const { board, now } = this.#options;
    const userIds = await board.takeChanged(now());
    try {
      if (userIds.length > 0) await this.#tellOf(userIds);
    } catch (error) {
      // What could not be told is still to be.
      for (const userId of userIds) await board.touch(userId);
      throw error;
    } finally {
      this.#isTelling = false;
    }
  }

  async #tellOf(userIds: readonly string[]): Promise<void> {
    const { db, announce } = this.#options;
    const shown = await this.#shown(userIds);
    const changes = userIds
      .map((user_id) => ({ user_id, presence: shown.get(user_id) ?? 'offline' }))
      .filter(({ user_id, presence }) => (this.#told.get(user_id) ?? 'offline') !== presence);
    if (changes.length === 0) return;
    const sights = await loadSights(
      db,
      changes.map(({ user_id }) => user_id),
    );
    for (const { user_id, presence } of changes) {
      if (presence === 'offline') this.#told.delete(user_id);
      else this.#told.set(user_id, presence);
    }
    for (const event of presenceNews(changes, sights)) await announce(event);
  }

  async #shown(userIds: readonly string[]): Promise<Map<string, Presence>> {
    const { board, db, now } = this.#options;
    const availability = await loadAvailability(db, userIds);
    const reach = await board.reach(userIds, now());
    return new Map(
      [...availability].map(([id, wanted]) => [id, shownPresence(reach.get(id) ?? 'offline', wanted)]),
    );
  }
}
