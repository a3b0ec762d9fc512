import type { UnreadChannel, UnreadCounts } from '@parley/contract';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { WorkspaceTables } from '../schema/tables.js';

/** So many of the newest messages are looked at: what is more says nothing else to a reader. */
export const MOST_COUNTED = 100;

/** Who has read nothing yet has read what was written before they came. */
const FIRST_ID_SINCE_JOINING = sql`
  (lpad(to_hex((extract(epoch from coalesce(n.joined_at, d.joined_at, c.created_at)) * 1000)::bigint), 12, '0')
    || '70008000000000000000')::uuid`;

/**
 * What is new to somebody in channels and conversations, in one query whose cost does not depend on how much there is to
 * read. Whether they see them is not asked here.
 */
export async function loadUnread(
  db: Kysely<WorkspaceTables>,
  { userId, channelIds }: { userId: string; channelIds: readonly string[] },
): Promise<UnreadChannel[]> {
  if (channelIds.length === 0) return [];
  const { rows } = await sql<UnreadChannel>`
    with places as (
      select c.id as channel_id, c.id as place_id, null::uuid as thread_id, c.community_id, r.last_read_id,
        coalesce(r.last_read_id, ${FIRST_ID_SINCE_JOINING}) as since
      from channels c
      left join members n on n.community_id = c.community_id and n.user_id = ${userId}
      left join channel_members d on d.channel_id = c.id and d.user_id = ${userId}
      left join channel_reads r on r.channel_id = c.id and r.user_id = ${userId}
      where c.id in (${sql.join(channelIds)})
    )
    ${countsIn(userId, sql`m.thread_id is null`)}`.execute(db);
  return rows;
}

/** The same of threads that they follow, by thread; others are left out. */
export async function loadUnreadThreads(
  db: Kysely<WorkspaceTables>,
  { userId, threadIds }: { userId: string; threadIds: readonly string[] },
): Promise<Map<string, UnreadCounts>> {
  if (threadIds.length === 0) return new Map();
  const { rows } = await sql<UnreadCounts & { thread_id: string }>`
    with places as (
      select t.channel_id, t.thread_id as place_id, t.thread_id, c.community_id, t.last_read_id, t.last_read_id as since
      from thread_follows t
      join channels c on c.id = t.channel_id
      where t.user_id = ${userId} and t.thread_id in (${sql.join(threadIds)})
    )
    ${countsIn(userId, sql`m.thread_id = p.thread_id`)}`.execute(db);
  return new Map(rows.map(({ thread_id, ...counts }) => [thread_id, counts]));
}

/** Looks at no more than is counted, and finds it by the index of places, in whose order it asks. */
function countsIn(userId: string, inPlace: ReturnType<typeof sql>) {
  const targets = sql`
    t.target_id = any (array(
      select ${userId}::uuid union all select p.channel_id union all
      select role_id from member_roles where community_id = p.community_id and user_id = ${userId}
    ))`;
  // What says a word of theirs counts as a mention; what calls them anyhow is counted below.
  const saysWord = sql`
    case when k.query is null then false else m.search @@ k.query and not exists (
      select from message_mentions t where t.message_id = m.id and ${targets}
    ) end`;
  return sql`
    select p.channel_id, p.thread_id, p.last_read_id, u.unread, least(t.mentions + u.said, ${sql.lit(MOST_COUNTED)}) as mentions
    from places p
    cross join (
      select (select keyword_query from notification_settings where user_id = ${userId}) as query
    ) k
    cross join lateral (
      select count(*) filter (where found.author_id is distinct from ${userId})::int as unread,
        count(*) filter (where found.author_id is distinct from ${userId} and found.says)::int as said
      from (
        select m.author_id, ${saysWord} as says from messages m
        where m.channel_id = p.channel_id and ${inPlace} and m.id > p.since and m.deleted_at is null
        order by m.thread_id desc, m.id desc limit ${sql.lit(MOST_COUNTED)}
      ) found
    ) u
    cross join lateral (
      select count(*)::int as mentions from (
        select distinct t.message_id from message_mentions t
        join messages m on m.id = t.message_id
        where t.place_id = p.place_id and t.message_id > p.since and m.author_id is distinct from ${userId}
          and ${targets}
        limit ${sql.lit(MOST_COUNTED)}
      ) found
    ) t`;
}
