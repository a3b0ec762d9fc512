import { PGlite } from '@electric-sql/pglite';
import { PreparedStatements } from '@parley/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

let engine: PGlite;
let statements: PreparedStatements;

beforeAll(async () => {
  engine = await PGlite.create();
  statements = new PreparedStatements(engine);
}, 300_000);
beforeEach(async () => {
  await engine.exec('drop table if exists words; create table words (id integer, word text)');
});
afterAll(() => engine.close());

const run = async (sql: string, ...parameters: unknown[]) => (await statements.run(sql, parameters)).rows;
const kept = async () => {
  const { rows } = await engine.query("select 1 from pg_prepared_statements where name like 'kept%'");
  return rows.length;
};

describe('statements of the embedded database', () => {
  test('are parsed once, and answered with the values of each time', async () => {
    const before = await kept();
    for (const id of [1, 2, 3]) await run('insert into words values ($1, $2)', id, `w${id}`);
    for (const id of [3, 1]) {
      expect(await run('select word from words where id = $1', id)).toEqual([{ word: `w${id}` }]);
    }
    expect(await kept()).toBe(before + 2);
  });

  test('know what a table is after it was changed', async () => {
    expect(await run('select * from words')).toEqual([]);
    await run('alter table words add column number integer default 7');
    await run('insert into words (id) values (1)');
    expect(await run('select * from words')).toEqual([{ id: 1, word: null, number: 7 }]);
  });

  test('go on after one that was refused, in a transaction and out of one', async () => {
    await expect(run('select no_such_column from words')).rejects.toMatchObject({ code: '42703' });
    await run('begin');
    await expect(run('select 1 / $1::int as x', 0)).rejects.toMatchObject({ code: '22012' });
    await expect(run('select word from words')).rejects.toMatchObject({ code: '25P02' });
    await run('rollback');
    expect(await run('select 1 / $1::int as x', 1)).toEqual([{ x: 1 }]);
  });

  test('that are asked at once are answered each with its own', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((n) => run('select $1::int as n', n)));
    expect(answers).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }], [{ n: 4 }]]);
  });

  test('are as many as a server asks often, and no more', async () => {
    for (let n = 0; n < 450; n += 1) await run(`select ${n} as n`);
    expect(await kept()).toBe(400);
    expect(await run('select 0 as n')).toEqual([{ n: 0 }]);
  });

  test.each([
    ['integer', 7],
    ['bigint', 7],
    ['text', 'a "quoted" \\ word, ü'],
    ['boolean', true],
    ['timestamptz', new Date(0)],
    ['bytea', new Uint8Array([0, 255])],
    ['jsonb', { a: [1, null] }],
    ['text[]', ['a', 'b,"c"']],
    ['text', null],
  ])('take and give back what is %s: %j', async (type, value) => {
    const asPGliteDoes = await engine.query(`select $1::${type} as value`, [value]);
    expect(await run(`select $1::${type} as value`, value)).toEqual(asPGliteDoes.rows);
  });
});
