import type { CalleeState } from '@parley/contract';
import type { Kysely } from 'kysely';
import { seenChannelIds } from '../channels/seen-channels.js';
import { FloodGate } from '../flood-gate.js';
import type { FloodLimits } from '../flood-gate.js';
import type { PresenceService } from '../presence/presence-service.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { VoiceRooms } from './voice-rooms.js';

export interface CalleeOptions {
  db: Kysely<WorkspaceTables>;
  rooms: VoiceRooms;
  presence: Pick<PresenceService, 'list'>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Somebody's call in a conversation. */
export interface BegunCall {
  channelId: string;
  callerId: string;
}

/** Of one person in one conversation: each that nobody answers leaves a line there. */
const BEGINNINGS: FloodLimits = { burst: 5, interval: 10_000 };

/** What callers may know of whom they call, and who may know of calls. */
export class Callees {
  readonly gate = new FloodGate('begin calls', BEGINNINGS);
  readonly #options: CalleeOptions;

  constructor(options: CalleeOptions) {
    this.#options = options;
  }

  /**
   * How those can be reached whom somebody is about to call, as far as the caller sees it: who is invisible, or has blocked
   * the caller, is offline.
   */
  async reach(call: BegunCall, userIds: readonly string[]): Promise<Map<string, CalleeState>> {
    const { presence, now } = this.#options;
    const { callerId, channelId } = call;
    this.gate.pass(`${callerId} ${channelId}`, now());
    const busy = await this.#seenBusy(callerId, userIds);
    const people = await presence.list(callerId, userIds);
    return new Map(
      people.map(({ user_id, presence: shown }) => {
        if (shown === 'offline') return [user_id, 'offline'];
        return [user_id, busy.has(user_id) ? 'busy' : 'ringing'];
      }),
    );
  }

  /** Those of some people who are in the conversation now, and have not blocked the caller. */
  async told({ channelId, callerId }: BegunCall, userIds: readonly string[]): Promise<string[]> {
    const rows = await this.#options.db
      .selectFrom('channel_members as m')
      .leftJoin('blocks as b', (join) =>
        join.onRef('b.user_id', '=', 'm.user_id').on('b.blocked_id', '=', callerId),
      )
      .select('m.user_id')
      .where('m.channel_id', '=', channelId)
      .where('m.user_id', 'in', userIds)
      .where('b.user_id', 'is', null)
      .execute();
    const told = new Set(rows.map(({ user_id }) => user_id));
    return userIds.filter((id) => told.has(id));
  }

  /** Those of some calls of which somebody is told, by the ids of their channels. */
  async toldOf(userId: string, calls: readonly BegunCall[]): Promise<Set<string>> {
    if (calls.length === 0) return new Set();
    const { db } = this.#options;
    const [channelIds, callerIds] = [
      calls.map(({ channelId }) => channelId),
      calls.map(({ callerId }) => callerId),
    ];
    const memberships = await db
      .selectFrom('channel_members')
      .select('channel_id')
      .where('user_id', '=', userId)
      .where('channel_id', 'in', channelIds)
      .execute();
    const blocks = await db
      .selectFrom('blocks')
      .select('blocked_id')
      .where('user_id', '=', userId)
      .where('blocked_id', 'in', callerIds)
      .execute();
    const own = new Set(memberships.map(({ channel_id }) => channel_id));
    const blocked = new Set(blocks.map(({ blocked_id }) => blocked_id));
    const heard = calls.filter(({ channelId, callerId }) => own.has(channelId) && !blocked.has(callerId));
    return new Set(heard.map(({ channelId }) => channelId));
  }

  /** Those of some people who are in a call that somebody else sees. */
  async #seenBusy(userId: string, otherIds: readonly string[]): Promise<Set<string>> {
    const { db, rooms, now } = this.#options;
    const talking = rooms.channelIds.flatMap((channelId) =>
      otherIds.filter((id) => rooms.has(channelId, id)).map((id) => ({ channelId, id })),
    );
    if (talking.length === 0) return new Set();
    const seen = new Set(await seenChannelIds(db, { userId, now: now(), action: 'view_channel' }));
    return new Set(talking.filter(({ channelId }) => seen.has(channelId)).map(({ id }) => id));
  }
}
