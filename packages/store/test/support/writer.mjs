// Writes rows into an embedded database as fast as it can, and says which were committed, until it is killed.
import { Database } from '@parley/store';
import { sql } from 'kysely';

const numbers = {
  up: async (db) => {
    await sql`create table numbers (number integer primary key)`.execute(db);
  },
};
const { db } = await Database.open({
  connections: 1,
  folder: process.argv[2],
  migrations: { '0001-numbers': numbers },
  log: () => undefined,
});
const { rows } = await sql`select coalesce(max(number), 0) as number from numbers`.execute(db);
for (let number = rows[0].number + 1; ; number += 1) {
  await sql`insert into numbers values (${number})`.execute(db);
  process.stdout.write(`${number}\n`);
}
