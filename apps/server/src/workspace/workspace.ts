import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { errorText, threadMetrics } from '@parley/core';
import type { ThreadMetric } from '@parley/core';
import { appendToOutbox, Database, isUnavailable, outboxMigration } from '@parley/store';
import { migrations, SessionService } from '@parley/workspace';
import type { EventWriter, WorkspaceTables } from '@parley/workspace';
import type { Logger } from 'pino';
import type { Config } from '../config/schema.js';
import type { HttpModule } from '../http/http-module.js';
import { toLog } from '../logger.js';
import { databaseMetrics } from './database-metrics.js';
import { workspaceModules } from './workspace-modules.js';

/** How often what has expired is deleted, in milliseconds. */
const SWEEP_INTERVAL = 600_000;
/** How often it is said at most that the database is away. */
const SAY_INTERVAL = 10_000;

/** Accounts and all that people with accounts share, with the database that keeps it. */
export class Workspace {
  /** What is answered over HTTP. */
  readonly modules: readonly HttpModule[];
  readonly #database: Database<WorkspaceTables>;
  readonly #sessions: SessionService;
  readonly #log: Logger;
  readonly #sweep: NodeJS.Timeout;
  #saidUnavailableAt = -Infinity;

  private constructor(database: Database<WorkspaceTables>, log: Logger) {
    const { db } = database;
    const events: EventWriter = { append: appendToOutbox };
    const common = { db, events, now: Date.now, random: randomBytes };
    const sessions = new SessionService(common);
    this.modules = workspaceModules({
      services: common,
      sessions,
      onFailed: (thrown) => {
        this.#failed(thrown);
      },
    });
    this.#database = database;
    this.#sessions = sessions;
    this.#log = log;
    this.#sweep = setInterval(() => void this.#deleteExpired(), SWEEP_INTERVAL);
  }

  /** Throws an OperatorError when its database cannot be used. */
  static async open({ database: { url, connections }, data_dir }: Config, log: Logger): Promise<Workspace> {
    const database = await Database.open<WorkspaceTables>({
      ...{ url, connections, folder: join(data_dir, 'database'), log: toLog(log) },
      migrations: { '0000-outbox': outboxMigration, ...migrations },
    });
    log.info({ engine: database.engine }, 'The database is open');
    return new Workspace(database, log);
  }

  isReady(): Promise<boolean> {
    return this.#database.isReady();
  }

  metrics(): ThreadMetric[] {
    return threadMetrics(databaseMetrics, { waiting: this.#database.waiting });
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#database.close();
  }

  #failed(thrown: unknown): void {
    if (!isUnavailable(thrown)) {
      this.#log.error({ err: thrown }, 'A request of the workspace failed');
      return;
    }
    // Every request fails then: one line tells of all.
    const now = performance.now();
    if (now - this.#saidUnavailableAt < SAY_INTERVAL) return;
    this.#saidUnavailableAt = now;
    this.#log.warn({ reason: errorText(thrown) }, 'The database does not answer');
  }

  async #deleteExpired(): Promise<void> {
    try {
      await this.#sessions.endExpired();
    } catch (error) {
      this.#log.warn({ err: error }, 'What has expired could not be deleted');
    }
  }
}
