import type { Conversation, ConversationFacts } from '@parley/contract';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Change } from '../communities/visit.js';
import { groupBy } from '../group-by.js';
import { PERSON_COLUMNS, personOf } from '../people/person-queries.js';
import { permissionsIn } from '../permissions/index.js';
import type { DirectPlace, Subject } from '../permissions/index.js';
import type { WorkspaceTables } from '../schema/tables.js';

/** Most conversations that are listed: those in which somebody wrote last. */
const MOST_LISTED = 500;

export interface FoundConversation {
  facts: ConversationFacts;
  place: DirectPlace;
}

/** Those that somebody is in, where somebody wrote last first, in three queries. */
export async function loadConversations(
  db: Kysely<WorkspaceTables>,
  userId: string,
  now: number,
): Promise<FoundConversation[]> {
  const rows = await db
    .selectFrom('channel_members')
    .select('channel_id')
    .where('user_id', '=', userId)
    .orderBy(lastId('channel_members.channel_id'), 'desc')
    .limit(MOST_LISTED)
    .execute();
  return findConversations(
    db,
    rows.map(({ channel_id }) => channel_id),
    now,
  );
}

/** In the order of the ids; those that are not there are left out. */
export async function findConversations(
  db: Kysely<WorkspaceTables>,
  ids: readonly string[],
  now: number,
): Promise<FoundConversation[]> {
  if (ids.length === 0) return [];
  const members = await db
    .selectFrom('channel_members')
    .innerJoin('channels', 'channels.id', 'channel_members.channel_id')
    .innerJoin('users', 'users.id', 'channel_members.user_id')
    .select(PERSON_COLUMNS)
    .select(['channels.id as channel_id', 'channels.kind', 'channels.name as title'])
    .select(lastId('channels.id').as('last_id'))
    .where('channels.id', 'in', ids)
    .orderBy('channel_members.joined_at')
    .orderBy('users.id')
    .execute();
  const blocked = await blockedPairs(db, ids);
  const membersOf = groupBy(members, ({ channel_id }) => channel_id);
  return ids.flatMap((id) => {
    const rows = membersOf.get(id) ?? [];
    const [first] = rows;
    if (first === undefined) return [];
    const group = first.kind === 'group';
    const people = rows.map((row) => personOf(row, now));
    const memberIds = new Set(rows.map((row) => row.id));
    return {
      facts: {
        ...{ id, kind: group ? 'group' : 'direct', name: first.title, members: people },
        last_id: first.last_id,
      },
      place: { kind: 'direct', memberIds, group, blocked: blocked.has(id) },
    };
  });
}

export function conversationAnswerOf(
  { facts, place }: FoundConversation,
  subject: Subject,
  now: number,
): Conversation {
  return { ...facts, permissions: permissionsIn(subject, place, now).names() };
}

/** The conversation of two, if they have one. */
export async function findDirect(
  db: Kysely<WorkspaceTables>,
  userId: string,
  otherId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('direct_pairs')
    .select('channel_id')
    .where('low_user_id', 'in', [userId, otherId])
    .where('high_user_id', 'in', [userId, otherId])
    .executeTakeFirst();
  return row?.channel_id;
}

/** Tells both of two people that what they may do in their conversation may be another, if they have one. */
export async function tellOfConversation(
  { trx, now, events }: Change,
  userId: string,
  otherId: string,
): Promise<void> {
  const id = await findDirect(trx, userId, otherId);
  const [found] = id === undefined ? [] : await findConversations(trx, [id], now);
  if (found === undefined) return;
  const audience = { userIds: [...found.place.memberIds] };
  events.push({ type: 'conversation_changed', payload: { conversation: found.facts }, audience });
}

/** Of the newest message in a channel, or the channel's own id; an index finds it. */
function lastId(channelId: string) {
  return sql<string>`coalesce((
    select m.id from messages m where m.channel_id = ${sql.ref(channelId)} and m.thread_id is null
    order by m.thread_id desc, m.id desc limit 1
  ), ${sql.ref(channelId)})`;
}

/** Of conversations of two: those in which one has blocked the other. */
async function blockedPairs(db: Kysely<WorkspaceTables>, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('direct_pairs')
    .innerJoin('blocks', (join) =>
      join.on((is) =>
        is.or([
          is.and([
            is('blocks.user_id', '=', is.ref('low_user_id')),
            is('blocks.blocked_id', '=', is.ref('high_user_id')),
          ]),
          is.and([
            is('blocks.user_id', '=', is.ref('high_user_id')),
            is('blocks.blocked_id', '=', is.ref('low_user_id')),
          ]),
        ]),
      ),
    )
    .select('direct_pairs.channel_id')
    .where('direct_pairs.channel_id', 'in', ids)
    .execute();
  return new Set(rows.map(({ channel_id }) => channel_id));
}
