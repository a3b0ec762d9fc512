import { messages, parse, protocol } from '@electric-sql/pglite';
import type { PGlite, Results } from '@electric-sql/pglite';
import { Turns } from './turns.js';

/** A statement that the engine has parsed. */
interface Prepared {
  name: string;
  parameterTypes: readonly number[];
  /** Absent where no rows come back. */
  row: messages.RowDescriptionMessage | undefined;
}

export type EmbeddedRows = Results<unknown>;

const { serialize } = protocol;
/** Statements that mean the same however often they are asked; others may change what these mean. */
const KEPT = /^\s*(select|insert|update|delete|with|begin|commit|rollback)\b/i;
/** So many that all those of a busy server find room. */
const MOST = 400;

/**
 * Runs statements on an embedded engine, each parsed and planned once: what PGlite's own `query` does anew, in five calls
 * into the engine, is done in one.
 */
export class PreparedStatements {
  readonly #engine: PGlite;
  /** Two at once would mix their messages. */
  readonly #turns = new Turns();
  /** By their texts, the one used least lately first. */
  readonly #prepared = new Map<string, Prepared>();
  #made = 0;

  constructor(engine: PGlite) {
    this.#engine = engine;
  }

  /** Throws what the engine refuses, as `query` does. */
  async run(sql: string, parameters: readonly unknown[]): Promise<EmbeddedRows> {
    const release = await this.#turns.take();
    try {
      return await this.#run(sql, parameters);
    } finally {
      release();
    }
  }

  async #run(sql: string, parameters: readonly unknown[]): Promise<EmbeddedRows> {
    if (!KEPT.test(sql)) {
      const results = await this.#engine.query(sql, [...parameters]);
      await this.#forgetAll();
      return results;
    }
    const { name, parameterTypes, row } = await this.#prepare(sql);
    const values = parameters.map((value, index) => this.#textOf(value, parameterTypes[index]));
    const answer = await this.#send(
      serialize.bind({ statement: name, values }),
      serialize.execute({}),
      serialize.sync(),
    );
    const [results] = parse.parseResults(row === undefined ? answer : [row, ...answer], this.#engine.parsers);
    return results ?? { rows: [], fields: [] };
  }

  async #prepare(sql: string): Promise<Prepared> {
    const known = this.#prepared.get(sql);
    if (known !== undefined) {
      this.#prepared.delete(sql);
      this.#prepared.set(sql, known);
      return known;
    }
    this.#made += 1;
    const name = `kept${this.#made}`;
    const answer = await this.#send(
      serialize.parse({ name, text: sql }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    );
    const parameterTypes = parse.parseDescribeStatementResults(answer);
    const row = answer.find((message) => message instanceof messages.RowDescriptionMessage);
    const prepared = { name, parameterTypes, row };
    this.#prepared.set(sql, prepared);
    if (this.#prepared.size > MOST) await this.#forgetOldest();
    return prepared;
  }

  async #forgetOldest(): Promise<void> {
    const [oldest] = this.#prepared;
    if (oldest === undefined) return;
    const [sql, { name }] = oldest;
    this.#prepared.delete(sql);
    await this.#send(serialize.close({ type: 'S', name }), serialize.sync());
  }

  async #forgetAll(): Promise<void> {
    const names = Array.from(this.#prepared.values(), ({ name }) => name);
    this.#prepared.clear();
    if (names.length === 0) return;
    await this.#send(...names.map((name) => serialize.close({ type: 'S', name })), serialize.sync());
  }

  #textOf(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null;
    const serializer = type === undefined ? undefined : this.#engine.serializers[type];
    if (serializer !== undefined) return serializer(value);
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'bigint') return value.toString();
    throw new TypeError(`A ${typeof value} cannot be a value of type ${type}`);
  }

  async #send(...parts: readonly Uint8Array[]): Promise<messages.BackendMessage[]> {
    const { messages: answer } = await this.#engine.execProtocol(Buffer.concat(parts), {
      throwOnError: true,
    });
    return answer;
  }
}
