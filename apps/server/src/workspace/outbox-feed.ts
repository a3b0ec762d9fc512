import { errorText } from '@parley/core';
import type { Log } from '@parley/core';
import { isUnavailable, readOutbox } from '@parley/store';
import type { OutboxEntry, OutboxPosition } from '@parley/store';
import type { Kysely } from 'kysely';

export interface OutboxFeedOptions<Tables> {
  db: Kysely<Tables>;
  log: Log;
  /** Called for each event in its order; the next one waits for it. */
  deliver: (entry: OutboxEntry) => Promise<void>;
}

const AT_ONCE = 500;
/** Milliseconds after which it is looked without having been told: other servers write into the same outbox. */
const INTERVAL = 1_000;

/** Reads the outbox as it is written, and hands on what is in it. */
export class OutboxFeed<Tables> {
  readonly #options: OutboxFeedOptions<Tables>;
  #position: OutboxPosition;
  #reading: Promise<void> | undefined;
  /** Whether something may have been written since the reading began. */
  #again = false;
  readonly #timer: NodeJS.Timeout;

  /** @param position After which it begins to read. */
  constructor(position: OutboxPosition, options: OutboxFeedOptions<Tables>) {
    this.#options = options;
    this.#position = position;
    this.#timer = setInterval(() => {
      this.wake();
    }, INTERVAL);
  }

  /** Something was written. */
  wake(): void {
    this.#again = true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#again = false;
    await this.#reading;
  }

  async #read(): Promise<void> {
    const { db, deliver, log } = this.#options;
    try {
      while (this.#again) {
        this.#again = false;
        for (;;) {
          const entries = await readOutbox(db, this.#position, AT_ONCE);
          for (const entry of entries) {
            await deliver(entry);
            this.#position = entry.position;
          }
          if (entries.length < AT_ONCE) break;
        }
      }
    } catch (error) {
      // The timer tries again, from where it stopped.
      if (!isUnavailable(error)) log('error', { reason: errorText(error) }, 'Events could not be delivered');
    }
  }
}
