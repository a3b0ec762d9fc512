import type { EventFrame, WorkspaceEventBody } from '@parley/contract';
import type { Kysely } from 'kysely';
import { mayChangePermissions, readersOf } from '../events.js';
import type { Audience, WorkspaceEvent } from '../events.js';
import type { WorkspaceTables } from '../schema/tables.js';
import { Audiences } from './audiences.js';
import { EventHistory } from './event-history.js';
import type { PositionedEvent } from './event-history.js';
import { withoutQuote } from './withheld.js';

/** A client's connection. */
export interface EventListener {
  userId: string;
  sessionId: string;
  /** Gets the frame as text that is the same for all. */
  send: (text: string) => void;
  /** The session has ended. */
  end: () => void;
}

export interface EventHubOptions {
  db: Kysely<WorkspaceTables>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Of the newest event that there is. */
  position: string;
}

/** So much a client may have missed and still catch up. */
const HISTORY = { events: 10_000, characters: 4_000_000 };

/** Tells those who are connected, and may know of it, what happens; in order, and nobody twice. */
export class EventHub {
  readonly #audiences: Audiences;
  readonly #history: EventHistory;
  readonly #listeners = new Map<string, Set<EventListener>>();
  /** Everything is done in turn: who connects in between misses nothing, and gets nothing twice. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ db, now, position }: EventHubOptions) {
    this.#audiences = new Audiences(db, now);
    this.#history = new EventHistory(position, HISTORY);
  }

  /** Connections. */
  get size(): number {
    let size = 0;
    for (const listeners of this.#listeners.values()) size += listeners.size;
    return size;
  }

  /** Says hello, and what happened after that position, if it is still known; then all that happens. */
  connect(listener: EventListener, after: string | undefined): Promise<void> {
    return this.#inTurn(async () => {
      const { userId } = listener;
      const listeners = this.#listeners.get(userId) ?? new Set();
      if (listeners.size === 0) await this.#audiences.add(userId);
      this.#listeners.set(userId, listeners.add(listener));
      const missed = after === undefined ? undefined : this.#history.after(after);
      const { position } = this.#history;
      send(listener, { type: 'hello', position, resumed: missed !== undefined });
      for (const { position: at, event } of missed ?? []) {
        // What one was not there to hear is history by now.
        const isWritten = event.type === 'message_created';
        const audience = isWritten ? readersOf(event.audience) : event.audience;
        if (!(await this.#audiences.has(audience, userId))) continue;
        send(listener, { type: 'event', position: at, event: bodyOf(event) });
      }
    });
  }

  disconnect(listener: EventListener): Promise<void> {
    return this.#inTurn(() => {
      const listeners = this.#listeners.get(listener.userId);
      if (listeners === undefined || !listeners.delete(listener) || listeners.size > 0) return;
      this.#listeners.delete(listener.userId);
      this.#audiences.remove(listener.userId);
    });
  }

  /** What has happened; to be called in its order. Where it rejects, nobody was told, and it may be called again. */
  deliver({ position, event }: PositionedEvent): Promise<void> {
    return this.#inTurn(async () => {
      if (mayChangePermissions(event)) this.#noteChange(event.audience);
      const { audience } = event;
      const userIds = await this.#audiences.of(audience);
      const text = textOf(position, event);
      const quoteless = withoutQuote(event);
      const readers = quoteless && new Set(await this.#audiences.of(readersOf(audience)));
      this.#history.add({ position, event }, text.length);
      const mayRead = (userId: string) => readers?.has(userId) ?? true;
      this.#tell(userIds.filter(mayRead), text);
      if (quoteless === undefined) return;
      const others = userIds.filter((userId) => !mayRead(userId));
      this.#tell(others, textOf(position, quoteless));
    });
  }

  /** What matters now alone, such as that somebody types: who is away does not hear of it later. */
  announce(event: WorkspaceEvent): Promise<void> {
    return this.#inTurn(async () => {
      const userIds = await this.#audiences.of(event.audience);
      this.#tell(userIds, textOf(null, event));
    });
  }

  endSessions(sessionIds: readonly string[]): void {
    for (const listeners of this.#listeners.values()) {
      for (const listener of listeners) if (sessionIds.includes(listener.sessionId)) listener.end();
    }
  }

  #noteChange(audience: Audience): void {
    if ('userIds' in audience) for (const userId of audience.userIds) this.#audiences.userChanged(userId);
    else this.#audiences.communityChanged(audience.communityId);
  }

  #tell(userIds: readonly string[], text: string): void {
    for (const userId of userIds) {
      for (const { send: sendTo } of this.#listeners.get(userId) ?? []) sendTo(text);
    }
  }

  #inTurn<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** Whom else it is for is nobody's business. */
function bodyOf(event: WorkspaceEvent): WorkspaceEventBody {
  const body: WorkspaceEventBody & { audience?: Audience } = { ...event };
  delete body.audience;
  return body;
}

function textOf(position: string | null, event: WorkspaceEvent): string {
  const frame: EventFrame = { type: 'event', position, event: bodyOf(event) };
  return JSON.stringify(frame);
}

function send(listener: EventListener, frame: EventFrame): void {
  listener.send(JSON.stringify(frame));
}
