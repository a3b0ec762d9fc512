import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import { firstIdAt } from '../ids.js';
import type { WorkspaceTables } from '../schema/tables.js';
import type { SearchCursor } from './search-cursor.js';
import type { SearchQuery } from './search-query.js';
import { textQuery } from './text-query.js';

/** So many of the newest that fit are put in order; a word that half of all messages have costs no more. */
const RANKED = 1000;

export interface Search {
  query: SearchQuery;
  userId: string;
  /** What may be read. */
  channelIds: readonly string[];
  /** Null for everywhere. */
  communityId: string | null;
  /** Keys of the names that the query gives for people. */
  nameKeys: readonly string[];
  ranked: boolean;
  limit: number;
  from: SearchCursor | undefined;
}

export interface Found {
  id: string;
  /** As PostgreSQL writes it; null where nothing is ranked. */
  rank: string | null;
  newest_id: string | null;
}

/** What fits best comes first, or what was written last. */
export async function findMessages(db: Kysely<WorkspaceTables>, search: Search): Promise<Found[]> {
  if (search.channelIds.length === 0) return [];
  const { rows } = await (search.ranked ? ranked(search) : newest(search)).execute(db);
  return rows;
}

function newest({ limit, from, ...search }: Search): RawBuilder<Found> {
  const later = from === undefined ? sql`` : sql`and m.id < ${from.id}`;
  return sql<Found>`
    select m.id, null as rank, null as newest_id from messages m
    where ${fits(search)} ${later} order by m.id desc limit ${limit}`;
}

function ranked({ limit, from, ...search }: Search): RawBuilder<Found> {
  const until = from?.ranked === undefined ? sql`` : sql`and m.id <= ${from.ranked.newestId}`;
  const later =
    from?.ranked === undefined
      ? sql``
      : sql`where (rank, id) < (${from.ranked.rank}::real, ${from.id}::uuid)`;
  return sql<Found>`
    with newest as (
      select m.id, m.search from messages m
      where ${fits(search)} ${until} order by m.id desc limit ${sql.lit(RANKED)}
    ), judged as (
      select id, ts_rank_cd(search, ${textQuery(search.query.phrases)}::tsquery, 1) as rank from newest
    )
    select id, rank::text as rank, (select id from newest order by id desc limit 1)::text as newest_id
    from judged ${later} order by judged.rank desc, id desc limit ${limit}`;
}

function fits({
  query,
  userId,
  channelIds,
  communityId,
  nameKeys,
}: Omit<Search, 'limit' | 'from'>): RawBuilder<unknown> {
  const { phrases, from, in: places, hasLink, after, before } = query;
  const conditions = [
    sql`m.deleted_at is null`,
    sql`m.channel_id = any (array(
      select c.id from channels c where c.id in (${sql.join(channelIds)})
      ${communityId === null ? sql`` : sql`and c.community_id = ${communityId}`}
      ${places.length === 0 ? sql`` : sql`and (c.id::text in (${sql.join(places)}) or lower(c.name) in (${lower(places)}))`}
    ))`,
  ];
  if (phrases.length > 0) conditions.push(sql`m.search @@ ${textQuery(phrases)}::tsquery`);
  if (hasLink) conditions.push(sql`m.has_link`);
  if (after !== undefined) conditions.push(sql`m.id >= ${firstIdAt(after)}`);
  if (before !== undefined) conditions.push(sql`m.id < ${firstIdAt(before)}`);
  if (from.length > 0) {
    const me = from.includes('me') ? sql`or u.id = ${userId}` : sql``;
    conditions.push(sql`m.author_id = any (array(
      select u.id from users u where u.id::text in (${sql.join(from)}) or u.name_key in (${sql.join(nameKeys)}) ${me}
    ))`);
  }
  return sql.join(conditions, sql` and `);
}

function lower(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map((name) => name.toLowerCase()));
}
