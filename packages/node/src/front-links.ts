import type { Log } from '@parley/core';
import type { Front, FrontConnection, FrontSession } from './front.js';
import type { FromMedia } from './messages.js';

export type Post = (message: FromMedia, transfer?: ArrayBuffer[]) => void;

interface Entry {
  /** Absent until the front has let the client in. */
  session: FrontSession | undefined;
  /** Said before the client was let in: the main thread must hear of that first. */
  early: (() => void)[];
}

/** WebSocket close code for a failure of the server (RFC 6455 section 7.4.1). */
const INTERNAL_ERROR = 1011;

/** The node's end of clients' links: a session of some front for each id of the main thread. */
export class FrontLinks {
  readonly #fronts: ReadonlyMap<string, Front>;
  readonly #post: Post;
  readonly #log: Log;
  readonly #entries = new Map<number, Entry>();

  constructor(fronts: ReadonlyMap<string, Front>, post: Post, log: Log) {
    this.#fronts = fronts;
    this.#post = post;
    this.#log = log;
  }

  get size(): number {
    return this.#entries.size;
  }

  async open(id: number, frontName: string, payload: unknown): Promise<void> {
    const front = this.#fronts.get(frontName);
    if (front === undefined) {
      this.#post({ type: 'refused', id, status: 404, text: `there is no front "${frontName}" here` });
      return;
    }
    const entry: Entry = { session: undefined, early: [] };
    this.#entries.set(id, entry);
    try {
      const answer = await front.open(payload, this.#connection(id, entry));
      if (!answer.ok) {
        if (this.#entries.delete(id)) {
          this.#post({ type: 'refused', id, status: answer.status, text: answer.text });
        } else {
          this.#post({ type: 'abandoned', id });
        }
      } else if (this.#entries.has(id)) {
        entry.session = answer.session;
        this.#post({ type: 'opened', id });
        for (const say of entry.early.splice(0)) say();
      } else {
        answer.session.closed();
        this.#post({ type: 'abandoned', id });
      }
    } catch (error) {
      this.#log('error', { err: error }, 'A link could not be opened');
      if (this.#entries.delete(id)) this.#post({ type: 'refused', id, status: 500, text: 'internal error' });
      else this.#post({ type: 'abandoned', id });
    }
  }

  receive(id: number, data: Uint8Array | string): void {
    try {
      this.#entries.get(id)?.session?.receive(data);
    } catch (error) {
      this.#log('error', { err: error }, 'A frame could not be handled');
      this.closed(id);
      this.#post({ type: 'close', id, code: INTERNAL_ERROR, reason: 'internal error' });
    }
  }

  /** The client is gone. */
  closed(id: number): void {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.session?.closed();
  }

  #connection(id: number, entry: Entry): FrontConnection {
    const inOrder = (say: () => void): void => {
      if (this.#entries.get(id) !== entry) return;
      if (entry.session === undefined) entry.early.push(say);
      else say();
    };
    return {
      send: (data) => {
        inOrder(() => this.#send(id, data));
      },
      close: (code, reason) => {
        inOrder(() => {
          this.#entries.delete(id);
          this.#post({ type: 'close', id, code, reason });
        });
      },
    };
  }

  #send(id: number, data: Uint8Array | string): void {
    if (typeof data === 'string') {
      this.#post({ type: 'frame', id, data });
      return;
    }
    // A copy is moved: one message may go to many links, and to post a view would copy all of its buffer.
    const bytes = new Uint8Array(data);
    this.#post({ type: 'frame', id, data: bytes }, [bytes.buffer]);
  }
}
