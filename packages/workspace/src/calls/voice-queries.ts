import type { VoiceNow, VoicePerson, VoiceState } from '@parley/contract';
import type { Kysely } from 'kysely';
import { shownName } from '../people/shown-name.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { VoiceRooms } from './voice-rooms.js';

/** A channel with a call. */
export interface VoicePlace {
  channelId: string;
  /** Null for a conversation. */
  communityId: string | null;
}

type Shown = Pick<VoicePerson, 'id' | 'name' | 'avatar' | 'muted' | 'deafened'>;

/** Most who are named of one call. */
const MOST_NAMED = 100;

/** Who is in the calls of some channels, in one query, and in none where nobody is. */
export async function loadVoice(
  db: Kysely<WorkspaceTables>,
  places: readonly VoicePlace[],
  rooms: VoiceRooms,
): Promise<VoiceNow> {
  const { revision } = rooms;
  const calls = places
    .map((place) => ({ place, people: rooms.in(place.channelId) }))
    .filter(({ people }) => people.length > 0)
    .map((call) => ({ ...call, named: call.people.slice(0, MOST_NAMED) }));
  const shown = await loadShown(
    db,
    calls.flatMap(({ place, named }) => named.map(({ userId }) => ({ userId, ...place }))),
  );
  const channels = calls.map(({ place: { channelId, communityId }, people, named }): VoiceState => {
    const known = named.flatMap(({ userId, microphone, camera, screen }): VoicePerson[] => {
      // Whoever administers the instance may be there without being a member.
      const person = shown.get(keyOf(userId, communityId)) ?? shown.get(keyOf(userId, null));
      return person === undefined ? [] : [{ ...person, microphone, camera, screen }];
    });
    return { channel_id: channelId, revision, people: known, total: people.length };
  });
  return { revision, channels };
}

/** By `keyOf`. */
async function loadShown(
  db: Kysely<WorkspaceTables>,
  wanted: readonly { userId: string; communityId: string | null }[],
): Promise<Map<string, Shown>> {
  if (wanted.length === 0) return new Map();
  const userIds = [...new Set(wanted.map(({ userId }) => userId))];
  const communityIds = [...new Set(wanted.flatMap(({ communityId }) => communityId ?? []))];
  const rows = await db
    .selectFrom('users')
    .leftJoin('members', (join) =>
      join
        .onRef('members.user_id', '=', 'users.id')
        .on((is) =>
          communityIds.length === 0 ? is.val(false) : is('members.community_id', 'in', communityIds),
        ),
    )
    .select([
      'users.id',
      'users.name as user_name',
      'users.avatar',
      'members.community_id',
      'members.voice_muted',
      'members.voice_deafened',
      shownName('users').as('own_name'),
      shownName('users', 'members').as('name'),
    ])
    .where('users.id', 'in', userIds)
    .execute();
  const shown = new Map<string, Shown>();
  for (const { id, avatar, user_name, ...row } of rows) {
    const name = row.own_name ?? user_name;
    shown.set(keyOf(id, null), { id, avatar, name, muted: false, deafened: false });
    if (row.community_id === null) continue;
    shown.set(keyOf(id, row.community_id), {
      ...{ id, avatar, name: row.name ?? name },
      muted: row.voice_muted ?? false,
      deafened: row.voice_deafened ?? false,
    });
  }
  return shown;
}

function keyOf(userId: string, communityId: string | null): string {
  return `${userId} ${communityId ?? ''}`;
}
