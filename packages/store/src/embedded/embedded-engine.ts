import { errorText, OperatorError, SupervisedWorker } from '@parley/core';
import type { Log, WorkerLike } from '@parley/core';
import { DatabaseError, DatabaseUnavailable } from '../database-error.js';
import { DATABASE_PROTOCOL_VERSION } from './messages.js';
import type { DatabaseProtocol, Statement, StatementAnswer } from './messages.js';
import { Turns } from './turns.js';

export interface EmbeddedEngineOptions {
  spawn: () => WorkerLike<DatabaseProtocol>;
  log: Log;
}

/** The one session of the embedded database, for as long as somebody has it. */
export interface EmbeddedSession {
  query(statement: Statement): Promise<Extract<StatementAnswer, { type: 'result' }>>;
  release(): void;
}

/** Milliseconds: a statement, or what has to be recovered after a crash, may keep the thread busy for long. */
const PATIENCE = 600_000;
const CLOSE_TIMEOUT = 10_000;
/** Who waits for the session beyond these is sent away. */
const MOST_WAITING = 5_000;

/** The embedded database on a thread of its own, whose one session is taken in turn. */
export class EmbeddedEngine {
  readonly #worker: SupervisedWorker<DatabaseProtocol>;
  readonly #turns = new Turns();
  /** Of the thread: what an earlier one was told, open transactions included, is gone with it. */
  #life = 0;

  constructor({ spawn, log }: EmbeddedEngineOptions) {
    this.#worker = new SupervisedWorker<DatabaseProtocol>({
      ...{ name: 'database thread', version: DATABASE_PROTOCOL_VERSION, spawn, log, patience: PATIENCE },
      onEnded: () => {
        this.#life += 1;
      },
    });
  }

  /** Throws an OperatorError when the database cannot be opened. */
  async start(): Promise<void> {
    try {
      await this.#worker.start();
    } catch (error) {
      throw new OperatorError(
        'database_failed',
        `The embedded database cannot be opened: ${errorText(error)}`,
        {
          cause: error,
        },
      );
    }
  }

  get waiting(): number {
    return this.#turns.waiting;
  }

  /** Throws DatabaseUnavailable where too many wait already. */
  async take(): Promise<EmbeddedSession> {
    if (this.#turns.waiting >= MOST_WAITING) {
      throw new DatabaseUnavailable(`${MOST_WAITING} others wait for the database`);
    }
    const release = await this.#turns.take();
    const life = this.#life;
    return {
      query: async (statement) => {
        if (life !== this.#life) throw new DatabaseUnavailable('The database was started anew');
        const answer = await this.#worker.ask(statement, PATIENCE);
        if (answer === undefined) throw new DatabaseUnavailable('The database does not run');
        if (answer.type === 'refused') throw new DatabaseError(answer.refusal);
        return answer;
      },
      release,
    };
  }

  /** What was committed is on the disk already. Idempotent. */
  close(): Promise<void> {
    return this.#worker.close(CLOSE_TIMEOUT);
  }
}
