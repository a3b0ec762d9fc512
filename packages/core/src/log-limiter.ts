import type { Log, LogLevel } from './log.js';
import { counter } from './metrics.js';
import { TokenBucket } from './token-bucket.js';

/** Lines of one kind about one participant: so many at once, and then one in so many milliseconds. */
const BURST = 5;
const INTERVAL = 10_000;
/** Kinds of which lines are counted at a time; further ones are counted together, whoever they are about. */
const MAX_KINDS = 10_000;
/** Milliseconds between two looks at what was left out. */
const LOOK_INTERVAL = 1000;

/** What tells whom a line is about. */
const SUBJECTS = ['room', 'participant', 'address'] as const;

export const logMetrics = {
  omitted: counter(
    'parley_log_lines_omitted_total',
    'Lines left out of the log, of which there were many alike',
  ),
};

interface Kind {
  readonly bucket: TokenBucket;
  readonly level: LogLevel;
  readonly fields: Record<string, unknown>;
  readonly message: string;
  omitted: number;
  /** When the newest line came. */
  at: number;
}

/**
 * Keeps one participant, or whoever knocks at the door, from filling the log: of lines that are alike only some are passed
 * on, and a later line says how many more there were.
 */
export class LogLimiter {
  readonly #log: Log;
  readonly #now: () => number;
  readonly #kinds = new Map<string, Kind>();
  #omitted = 0;
  #deadline = Infinity;

  /** @param now Milliseconds. */
  constructor(log: Log, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** Lines that were left out. */
  get omitted(): number {
    return this.#omitted;
  }

  /** When to call `handleTimeout`; Infinity if nothing was logged of late. */
  get deadline(): number {
    return this.#deadline;
  }

  /** Takes a line; to be handed on as a `Log`. */
  readonly log: Log = (level, fields, message) => {
    const now = this.#now();
    this.#deadline = Math.min(this.#deadline, now + LOOK_INTERVAL);
    const kind = this.#kindOf(level, fields, message, now);
    kind.at = now;
    if (!kind.bucket.take(1, now)) {
      this.#omitted += 1;
      kind.omitted += 1;
      return;
    }
    this.#logOmitted(kind);
    this.#log(level, fields, message);
  };

  /** Says what was left out some time ago, and forgets what has become quiet. */
  handleTimeout(now: number): void {
    for (const [key, kind] of this.#kinds) {
      if (now - kind.at >= BURST * INTERVAL && kind.omitted === 0) this.#kinds.delete(key);
      else if (kind.omitted > 0 && kind.bucket.take(1, now)) this.#logOmitted(kind);
    }
    this.#deadline = this.#kinds.size === 0 ? Infinity : now + LOOK_INTERVAL;
  }

  #logOmitted(kind: Kind): void {
    if (kind.omitted === 0) return;
    const { fields, level, message, omitted } = kind;
    kind.omitted = 0;
    this.#log(level, { ...fields, omitted }, `… and ${omitted} more like it: ${message}`);
  }

  #kindOf(level: LogLevel, fields: Record<string, unknown>, message: string, now: number): Kind {
    // What follows a colon is about one case, and may be whatever a client sent.
    const text = message.split(':', 1)[0] ?? '';
    const about = SUBJECTS.map((name) => fields[name]);
    const own = JSON.stringify([level, text, ...about]);
    const key = this.#kinds.has(own) || this.#kinds.size < MAX_KINDS ? own : JSON.stringify([level, text]);
    let kind = this.#kinds.get(key);
    if (!kind) {
      const whom = key === own ? SUBJECTS.filter((name) => fields[name] !== undefined) : [];
      kind = {
        bucket: new TokenBucket(1000 / INTERVAL, BURST, now),
        level,
        fields: Object.fromEntries(whom.map((name) => [name, fields[name]])),
        message: text,
        omitted: 0,
        at: now,
      };
      this.#kinds.set(key, kind);
    }
    return kind;
  }
}
