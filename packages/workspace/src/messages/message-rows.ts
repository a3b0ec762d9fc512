import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { shownName } from '../people/shown-name.js';
import type { WorkspaceTables } from '../schema/tables.js';

/** Characters of a message that are shown above the answer to it. */
export const PREVIEW_LENGTH = 200;
const REPLIES_LOOKED_AT = 50;
const MOST_REPLIERS = 3;

export type MessageRow = Awaited<ReturnType<typeof loadRows>>[number];
export type ReplierRow = Awaited<ReturnType<typeof loadRepliers>>[number];
export type ReactionRow = Awaited<ReturnType<typeof loadReactions>>[number];
export type MentionRow = Awaited<ReturnType<typeof loadMentions>>[number];

export function loadRows(db: Kysely<WorkspaceTables>, userId: string, ids: readonly string[]) {
  return db
    .selectFrom('messages as m')
    .innerJoin('channels as c', 'c.id', 'm.channel_id')
    .leftJoin('users as u', 'u.id', 'm.author_id')
    .leftJoin('members as n', (join) =>
      join.onRef('n.community_id', '=', 'c.community_id').onRef('n.user_id', '=', 'm.author_id'),
    )
    .leftJoin('messages as r', 'r.id', 'm.reply_to_id')
    .leftJoin('users as ru', 'ru.id', 'r.author_id')
    .leftJoin('members as rn', (join) =>
      join.onRef('rn.community_id', '=', 'c.community_id').onRef('rn.user_id', '=', 'r.author_id'),
    )
    .leftJoin('forwards as f', 'f.message_id', 'm.id')
    .leftJoin('messages as o', 'o.id', 'f.original_id')
    .leftJoin('users as ou', 'ou.id', 'o.author_id')
    .leftJoin('message_calls as k', 'k.message_id', 'm.id')
    .leftJoin('pins as p', 'p.message_id', 'm.id')
    .leftJoin('saved_messages as s', (join) =>
      join.onRef('s.message_id', '=', 'm.id').on('s.user_id', '=', userId),
    )
    .leftJoin('thread_follows as t', (join) =>
      join.onRef('t.thread_id', '=', 'm.id').on('t.user_id', '=', userId),
    )
    .select([
      ...(['m.id', 'm.channel_id', 'm.thread_id', 'm.text', 'm.edited_at', 'm.deleted_at'] as const),
      ...(['m.mentions_everyone', 'm.reply_count', 'm.last_reply_id', 'm.author_id'] as const),
      ...([
        'r.id as reply_id',
        'r.author_id as reply_author_id',
        'r.deleted_at as reply_deleted_at',
      ] as const),
      ...([
        'o.id as original_id',
        'o.channel_id as original_channel_id',
        'f.text as forwarded_text',
      ] as const),
      ...(['o.author_id as original_author_id', 'o.deleted_at as original_deleted_at'] as const),
      ...(['p.message_id as pin_id', 's.id as saved_id', 't.thread_id as followed_id'] as const),
      ...(['k.message_id as call_id', 'k.seconds as call_seconds'] as const),
      shownName('u', 'n').as('author_name'),
      shownName('ru', 'rn').as('reply_author_name'),
      shownName('ou').as('original_author_name'),
      sql<number>`(select count(*)::int from attachments a where a.message_id = r.id)`.as('reply_files'),
      sql<string | null>`left(r.text, ${sql.lit(PREVIEW_LENGTH)})`.as('reply_text'),
    ])
    .where('m.id', 'in', ids)
    .execute();
}

/** Up to three of who wrote in each of these threads, the last first; of long ones, among the newest replies. */
export async function loadRepliers(db: Kysely<WorkspaceTables>, threadIds: readonly string[]) {
  if (threadIds.length === 0) return [];
  const { rows } = await sql<{ thread_id: string; id: string; name: string }>`
    select t.id as thread_id, r.author_id as id, ${shownName('u', 'n')} as name
    from messages t
    join channels c on c.id = t.channel_id
    cross join lateral (
      select author_id, max(id::text) as last_id from (
        select m.author_id, m.id from messages m
        where m.channel_id = t.channel_id and m.thread_id = t.id and m.deleted_at is null
        order by m.thread_id desc, m.id desc limit ${sql.lit(REPLIES_LOOKED_AT)}
      ) newest
      group by author_id order by last_id desc limit ${sql.lit(MOST_REPLIERS)}
    ) r
    join users u on u.id = r.author_id
    left join members n on n.community_id = c.community_id and n.user_id = r.author_id
    where t.id in (${sql.join(threadIds)})
    order by r.last_id desc`.execute(db);
  return rows;
}

export function loadReactions(db: Kysely<WorkspaceTables>, userId: string, ids: readonly string[]) {
  return db
    .selectFrom('reactions')
    .select([
      ...(['message_id', 'emoji'] as const),
      sql<number>`count(*)::int`.as('count'),
      sql<boolean>`bool_or(user_id = ${userId})`.as('mine'),
    ])
    .where('message_id', 'in', ids)
    .groupBy(['message_id', 'emoji'])
    .orderBy(({ fn }) => fn.min('reacted_at'))
    .orderBy('emoji')
    .execute();
}

export function loadMentions(db: Kysely<WorkspaceTables>, ids: readonly string[]) {
  return db
    .selectFrom('message_mentions as t')
    .innerJoin('messages as m', 'm.id', 't.message_id')
    .innerJoin('channels as c', 'c.id', 'm.channel_id')
    .leftJoin('users as u', 'u.id', 't.target_id')
    .leftJoin('members as n', (join) =>
      join.onRef('n.community_id', '=', 'c.community_id').onRef('n.user_id', '=', 'u.id'),
    )
    .select(['t.message_id', 't.target_id', 'u.id as user_id', shownName('u', 'n').as('name')])
    .where('t.message_id', 'in', ids)
    .whereRef('t.target_id', '!=', 'm.channel_id')
    .orderBy('t.target_id')
    .execute();
}
