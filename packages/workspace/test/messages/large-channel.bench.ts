import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { afterAll, bench, describe } from 'vitest';
import { insertCommunity } from '../../src/communities/new-community.js';
import { firstIdAt, newId } from '../../src/ids.js';
import { messagingServices } from '../../src/messaging.js';
import { openTestDatabase } from '../support/database.js';

const ROWS = 1_000_000;
const WORDS = 5000;
const BEGAN = Date.UTC(2026, 0, 1);

const db = await openTestDatabase();
let time = BEGAN + ROWS * 1000;
/** A second passes whenever somebody looks, so that nobody does anything too often. */
const now = () => (time += 1000);
const userId = newId(BEGAN, randomBytes);
await db
  .insertInto('users')
  .values({
    id: userId,
    name: 'ann',
    name_key: 'ann',
    password_hash: '',
    created_at: new Date(0),
    banned_at: null,
  })
  .execute();
await db
  .transaction()
  .execute((trx) =>
    insertCommunity(trx, { name: 'Large', ownerId: userId, now: BEGAN, random: randomBytes }),
  );
const { id: channelId } = await db
  .selectFrom('channels')
  .select('id')
  .where('name', '=', 'general')
  .executeTakeFirstOrThrow();
// One message a second; each has ten words, among them a common one.
await sql`
  insert into messages (id, channel_id, author_id, text, search, has_link)
  select (lpad(to_hex(${BEGAN}::bigint + n * 1000), 12, '0') || '70008000000000000000')::uuid, ${channelId}, ${userId},
    'word' || n % ${WORDS}, ('''common'':1 ''w' || n % ${WORDS} || ''':2 ''v' || n % 997 || ''':3')::tsvector, n % 100 = 0
  from generate_series(1, ${ROWS}::int) n`.execute(db);
await sql`analyze`.execute(db);
const { messages, reading, search } = messagingServices({
  ...{
    db,
    now,
    random: randomBytes,
    events: { append: () => Promise.resolve(), committed: () => undefined },
  },
});
const place = { channelId, threadId: null };
const idAt = (share: number) => firstIdAt(BEGAN + Math.floor(ROWS * share) * 1000);

describe(`a channel of ${ROWS.toLocaleString('en')} messages`, () => {
  bench('the newest fifty', async () => {
    await messages.list(userId, place, { limit: 50 });
  });
  bench('fifty around one in the middle', async () => {
    await messages.list(userId, place, { limit: 50, around: idAt(0.5) });
  });
  bench('fifty after the first', async () => {
    await messages.list(userId, place, { limit: 50, after: idAt(0) });
  });
  bench('what is new, for who has read nothing', async () => {
    await reading.unread(userId);
  });
  for (const [what, text] of [
    ['a rare word', 'w77'],
    ['a common word', 'common'],
    ['two words', 'common v5'],
  ] as const) {
    bench(`search for ${what}`, async () => {
      await search.search(userId, { text, communityId: null, sort: 'relevance', limit: 20 });
    });
  }
});

afterAll(async () => db.destroy());
