import { join } from 'node:path';
import {
  appendToOutbox,
  endOfOutbox,
  isUnavailable,
  migrate,
  OUTBOX_START,
  outboxMigration,
  readOutbox,
  sweepOutbox,
} from '@parley/store';
import type { Database, DatabaseOptions } from '@parley/store';
import { sql } from 'kysely';
import type { Kysely, Migration } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, openSharedDatabase, temporaryFolder } from './support/databases.js';
import { PostgresServer } from '@parley/store/testing';

interface Tables {
  things: {
    id: string;
    made_at: Date | null;
    bytes: Uint8Array | null;
    words: string[] | null;
    shape: unknown;
    count: number | null;
  };
}

const things: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`create table things (
      id uuid primary key, made_at timestamptz, bytes bytea, words text[], shape jsonb,
      count bigint constraint count_is_small check (count < 1000))`.execute(db);
  },
};
const migrations = { '0000-outbox': outboxMigration, '0001-things': things };
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const OTHER = '01890a5d-ac96-774b-bcce-b302099a8058';
const NOTHING = { made_at: null, bytes: null, words: null, shape: null, count: null };

/** Makes an empty database and says how it is opened, any number of times. */
interface Engine {
  name: string;
  make: () => Promise<Pick<DatabaseOptions, 'url' | 'folder'>>;
}

let server: PostgresServer;
let databases = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(() => server.close());

const engines: Engine[] = [
  {
    name: 'embedded',
    make: () => Promise.resolve({ folder: join(temporaryFolder(), 'database') }),
  },
  {
    name: 'PostgreSQL',
    make: async () => ({ folder: '', url: await server.database(`contract_${(databases += 1)}`) }),
  },
];

describe.each(engines)('$name', ({ make }) => {
  let shared: Database<Tables>;

  beforeAll(async () => {
    shared = await openSharedDatabase<Tables>({ ...(await make()), migrations: {} });
  }, 60_000);
  afterAll(() => shared.close());

  /** Starting an engine takes longer than emptying it. */
  async function emptied(): Promise<Database<Tables>> {
    await sql`drop schema public cascade`.execute(shared.db);
    await sql`create schema public`.execute(shared.db);
    await migrate(shared.db, migrations);
    return shared;
  }

  test('gives back what it was given', async () => {
    const { db } = await emptied();
    const row = {
      id: ID,
      made_at: new Date('2026-01-02T03:04:05.678Z'),
      bytes: new Uint8Array([0, 1, 254, 255]),
      words: ['a', 'b "quoted", {braced}', ''],
      shape: { list: [1, 'two', null], text: 'ü "quoted"' },
      count: 999,
    };
    await db
      .insertInto('things')
      .values({ ...row, shape: JSON.stringify(row.shape) })
      .execute();
    const found = await db.selectFrom('things').selectAll().executeTakeFirstOrThrow();
    expect({ ...found, bytes: new Uint8Array(found.bytes!) }).toEqual(row);
  });

  test('says how many rows a statement changed', async () => {
    const { db } = await emptied();
    await db
      .insertInto('things')
      .values([
        { id: ID, ...NOTHING },
        { id: OTHER, ...NOTHING },
      ])
      .execute();
    const { numUpdatedRows } = await db.updateTable('things').set({ count: 1 }).executeTakeFirst();
    expect(numUpdatedRows).toBe(2n);
    const { numDeletedRows } = await db.deleteFrom('things').where('id', '=', ID).executeTakeFirst();
    expect(numDeletedRows).toBe(1n);
  });

  test('says which constraint was violated', async () => {
    const { db } = await emptied();
    const add = (count: number) =>
      db
        .insertInto('things')
        .values({ id: ID, ...NOTHING, count })
        .execute();
    await expect(add(1000)).rejects.toMatchObject({ code: '23514', constraint: 'count_is_small' });
    await add(1);
    await expect(add(2)).rejects.toMatchObject({ code: '23505', constraint: 'things_pkey' });
  });

  test('keeps nothing of a transaction that failed, and its connection for the next', async () => {
    const { db } = await emptied();
    const failed = db.transaction().execute(async (trx) => {
      await trx
        .insertInto('things')
        .values({ id: ID, ...NOTHING })
        .execute();
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await db.selectFrom('things').selectAll().execute()).toEqual([]);
  });

  test('takes transactions that are begun at once', async () => {
    const { db } = await emptied();
    await db
      .insertInto('things')
      .values({ id: ID, ...NOTHING, count: 0 })
      .execute();
    const addOne = () =>
      db.transaction().execute(async (trx) => {
        const { count } = await trx
          .selectFrom('things')
          .select('count')
          .forUpdate()
          .executeTakeFirstOrThrow();
        await trx
          .updateTable('things')
          .set({ count: (count ?? 0) + 1 })
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, addOne));
    expect(await db.selectFrom('things').select('count').executeTakeFirstOrThrow()).toEqual({ count: 20 });
  });

  test('has what was committed when it is opened again', async () => {
    const place = await make();
    const first = await openDatabase<Tables>({ ...place, migrations });
    await first.db
      .insertInto('things')
      .values({ id: ID, ...NOTHING })
      .execute();
    await first.close();
    const second = await openDatabase<Tables>({ ...place, migrations });
    expect(await second.db.selectFrom('things').select('id').execute()).toEqual([{ id: ID }]);
  });

  test('gets the migrations that it lacks, and no other again', async () => {
    const { db } = await emptied();
    await db
      .insertInto('things')
      .values({ id: ID, ...NOTHING })
      .execute();
    const more: Migration = {
      up: async (db: Kysely<unknown>) => {
        await sql`alter table things add column more text not null default 'more'`.execute(db);
      },
    };
    await migrate(db, { ...migrations, '0002-more': more });
    expect(await db.selectFrom('things').selectAll().execute()).toEqual([
      expect.objectContaining({ id: ID, more: 'more' }),
    ]);
  });

  test('keeps nothing of migrations one of which fails', async () => {
    const { db } = await emptied();
    const good: Migration = {
      up: async (trx: Kysely<unknown>) => {
        await sql`create table goods (id integer)`.execute(trx);
      },
    };
    const broken: Migration = {
      up: async (trx: Kysely<unknown>) => {
        await sql`nonsense`.execute(trx);
      },
    };
    await expect(migrate(db, { ...migrations, '0002-good': good, '0003-broken': broken })).rejects.toThrow(
      /^The tables of the database cannot be brought to this version: .*nonsense/,
    );
    const { rows } = await sql`select to_regclass('goods') as there`.execute(db);
    expect(rows).toEqual([{ there: null }]);
  });

  test('is refused when a newer version has used it', async () => {
    const { db } = await emptied();
    await expect(migrate(db, { '0000-outbox': outboxMigration })).rejects.toThrow(
      'The database was used by a newer Parley, which made 0001-things in it: start that version, or restore a backup',
    );
  });

  describe('outbox', () => {
    const append = (database: Database<Tables>, ...events: unknown[]) =>
      database.db.transaction().execute((trx) => appendToOutbox(trx, events));
    const eventsAfter = async (database: Database<Tables>, after = OUTBOX_START) =>
      (await readOutbox(database.db, after, 100)).map(({ event }) => event);

    test('has events in the order of their writing, from a position on', async () => {
      const database = await emptied();
      await append(database, { number: 1 }, { number: 2 });
      await append(database, { number: 3 });
      const [first] = await readOutbox(database.db, OUTBOX_START, 1);
      expect(first?.event).toEqual({ number: 1 });
      expect(await eventsAfter(database, first?.position)).toEqual([{ number: 2 }, { number: 3 }]);
    });

    test('has a new reader begin at its end', async () => {
      const database = await emptied();
      expect(await endOfOutbox(database.db)).toEqual(OUTBOX_START);
      await append(database, { number: 1 });
      const end = await endOfOutbox(database.db);
      expect(await eventsAfter(database, end)).toEqual([]);
      await append(database, { number: 2 });
      expect(await eventsAfter(database, end)).toEqual([{ number: 2 }]);
    });

    test('has nothing of a transaction that failed', async () => {
      const database = await emptied();
      const failed = database.db.transaction().execute(async (trx) => {
        await appendToOutbox(trx, [{ number: 1 }]);
        throw new Error('changed my mind');
      });
      await expect(failed).rejects.toThrow();
      expect(await eventsAfter(database)).toEqual([]);
    });

    test('loses what is swept', async () => {
      const database = await emptied();
      await append(database, { number: 1 });
      await sweepOutbox(database.db, new Date(Date.now() + 60_000));
      expect(await eventsAfter(database)).toEqual([]);
    });
  });
});

describe('PostgreSQL alone', () => {
  test('is migrated once by servers that start at once', async () => {
    const url = await server.database('at_once');
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase<Tables>({ url, migrations })));
    expect(await sql`select name from kysely_migration order by name`.execute(opened[0]!.db)).toMatchObject({
      rows: [{ name: '0000-outbox' }, { name: '0001-things' }],
    });
  });

  test('lets a migration take longer than a question may, and no question afterwards', async () => {
    const url = await server.database('patience');
    const seen: unknown[] = [];
    const look = async (db: Kysely<unknown>): Promise<void> => {
      seen.push((await sql`show statement_timeout`.execute(db)).rows[0]);
    };
    const { db } = await openDatabase<Tables>({
      url,
      connections: 1,
      migrations: { '0001-look': { up: look } },
    });
    await sql`select 1`.execute(db);
    seen.push((await sql`show statement_timeout`.execute(db)).rows[0]);
    expect(seen).toEqual([{ statement_timeout: '0' }, { statement_timeout: '30s' }]);
  });

  test('shows no event before those of a transaction that began earlier and still runs', async () => {
    const url = await server.database('order');
    const { db } = await openDatabase<Tables>({ url, migrations });
    let finish = (): void => undefined;
    const written = new Promise<void>((resolve) => {
      void db.transaction().execute(async (trx) => {
        await appendToOutbox(trx, [{ number: 1 }]);
        resolve();
        await new Promise<void>((end) => (finish = end));
      });
    });
    await written;
    await db.transaction().execute((trx) => appendToOutbox(trx, [{ number: 2 }]));
    expect(await readOutbox(db, OUTBOX_START, 10)).toEqual([]);
    finish();
    await expect
      .poll(async () => (await readOutbox(db, OUTBOX_START, 10)).map(({ event }) => event))
      .toEqual([{ number: 1 }, { number: 2 }]);
  });

  test('is unavailable while its server is away, and there again afterwards', async () => {
    const own = await PostgresServer.start();
    try {
      const url = await own.database('away');
      const database = await openDatabase<Tables>({ url, migrations });
      await own.kill();
      const error: unknown = await database.db
        .selectFrom('things')
        .selectAll()
        .execute()
        .catch((e: unknown) => e);
      expect(isUnavailable(error)).toBe(true);
      expect(await database.isReady()).toBe(false);
      await own.resume();
      expect(await database.isReady()).toBe(true);
    } finally {
      await own.close();
    }
  }, 60_000);
});
