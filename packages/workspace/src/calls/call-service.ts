import { channelRoom } from '@parley/contract';
import type { Kysely } from 'kysely';
import { loadChannel } from '../channels/channel-queries.js';
import { noChannel } from '../channels/channel-visit.js';
import { loadActor, loadSubjects } from '../communities/access-queries.js';
import { need } from '../communities/visit.js';
import { permissionsIn } from '../permissions/index.js';
import { shownName } from '../people/shown-name.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { WorkspaceError } from '../workspace-error.js';
import { callGrant } from './call-grant.js';
import type { CallGrant } from './call-grant.js';
import { loadRestrictions, UNRESTRICTED } from './voice-restrictions.js';

/** Somebody's place in the call of a channel, which the media server is told of by a token. */
export interface CallSeat extends CallGrant {
  /** The others of a conversation; empty in a channel. */
  calledIds: readonly string[];
  room: string;
  /** The account's id: who comes from a second device takes over. */
  identity: string;
  name: string;
}

export interface CallServiceOptions {
  db: Kysely<WorkspaceTables>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Calls of voice channels and conversations. */
export class CallService {
  readonly #options: CallServiceOptions;

  constructor(options: CallServiceOptions) {
    this.#options = options;
  }

  /** Throws `not_found` for a channel that they do not see, and `forbidden` for one whose call they may not join. */
  async join(userId: string, channelId: string): Promise<CallSeat> {
    const { db, now } = this.#options;
    const subject = await loadActor(db, userId);
    const found = await loadChannel(db, channelId);
    if (found === undefined) throw noChannel();
    const permissions = permissionsIn(subject, found.place, now());
    if (!permissions.has('view_channel')) throw noChannel();
    if (found.place.kind === 'channel' && found.channel.kind !== 'voice') {
      throw new WorkspaceError('invalid', 'There are calls in voice channels and conversations alone.');
    }
    need(permissions, 'join_voice');
    const communityId = found.channel.community_id;
    const { name } = await db
      .selectFrom('users as u')
      .leftJoin('members as m', (join) =>
        join.onRef('m.user_id', '=', 'u.id').on('m.community_id', '=', communityId),
      )
      .select(shownName('u', 'm').as('name'))
      .where('u.id', '=', userId)
      .executeTakeFirstOrThrow();
    const of = { communityId, userIds: [userId] };
    const restriction = (await loadRestrictions(db, of)).get(userId) ?? UNRESTRICTED;
    const grant = callGrant(permissions, restriction);
    const memberIds = found.place.kind === 'direct' ? [...found.place.memberIds] : [];
    const calledIds = memberIds.filter((id) => id !== userId);
    return { room: channelRoom(channelId), identity: userId, name: name ?? '', calledIds, ...grant };
  }

  /** Which of these people may be in the call of a channel, and what they may do there; by id. */
  async allowed(channelId: string, userIds: readonly string[]): Promise<Map<string, CallGrant>> {
    const { db, now } = this.#options;
    const found = await loadChannel(db, channelId);
    if (found === undefined) return new Map();
    const of = { communityId: found.channel.community_id, userIds };
    const restrictions = await loadRestrictions(db, of);
    const allowed = new Map<string, CallGrant>();
    for (const [userId, subject] of await loadSubjects(db, userIds)) {
      const permissions = permissionsIn(subject, found.place, now());
      const restriction = restrictions.get(userId) ?? UNRESTRICTED;
      if (permissions.has('join_voice')) allowed.set(userId, callGrant(permissions, restriction));
    }
    return allowed;
  }
}
