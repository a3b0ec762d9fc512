import type { LiveKitService, SignalConnection, SignalRequest, SignalSession } from '@parley/livekit';
import { errorText } from '../errors.js';
import type { FromMedia, LogLevel, SignalHttpRequest } from './messages.js';

/** What is used of the LiveKit service. */
export type SignalService = Pick<LiveKitService, 'connect' | 'validate'>;

export type Post = (message: FromMedia, transfer?: ArrayBuffer[]) => void;

interface Entry {
  /** Absent until the service has accepted the connection. */
  session: SignalSession | undefined;
  /** Said before the connection was accepted: the main thread must hear of the acceptance first. */
  early: (() => void)[];
}

/** WebSocket close code for a failure of the server (RFC 6455 section 7.4.1). */
const INTERNAL_ERROR = 1011;

/** The media thread's end of the signalling connections: one LiveKit session for each id of the main thread. */
export class SignalSessions {
  readonly #service: SignalService;
  readonly #post: Post;
  readonly #entries = new Map<number, Entry>();

  constructor(service: SignalService, post: Post) {
    this.#service = service;
    this.#post = post;
  }

  get size(): number {
    return this.#entries.size;
  }

  async connect(id: number, request: SignalHttpRequest): Promise<void> {
    const entry: Entry = { session: undefined, early: [] };
    this.#entries.set(id, entry);
    try {
      const answer = await this.#service.connect(toSignalRequest(request), this.#connection(id, entry));
      if (!answer.ok) {
        if (this.#entries.delete(id)) {
          this.#post({ type: 'rejected', id, status: answer.status, text: answer.text });
        } else {
          this.#post({ type: 'abandoned', id });
        }
      } else if (this.#entries.has(id)) {
        entry.session = answer.session;
        this.#post({ type: 'accepted', id });
        for (const say of entry.early.splice(0)) say();
      } else {
        answer.session.closed();
        this.#post({ type: 'abandoned', id });
      }
    } catch (error) {
      this.#log('error', error, 'A connection could not be opened');
      if (this.#entries.delete(id)) this.#post({ type: 'rejected', id, status: 500, text: 'internal error' });
      else this.#post({ type: 'abandoned', id });
    }
  }

  async validate(id: number, request: SignalHttpRequest): Promise<void> {
    try {
      const { status, text } = await this.#service.validate(toSignalRequest(request));
      this.#post({ type: 'validated', id, status, text });
    } catch (error) {
      this.#log('error', error, 'A request could not be validated');
      this.#post({ type: 'validated', id, status: 500, text: 'internal error' });
    }
  }

  receive(id: number, data: Uint8Array | string): void {
    try {
      this.#entries.get(id)?.session?.receive(data);
    } catch (error) {
      this.#log('error', error, 'A signalling message could not be handled');
      this.disconnect(id);
      this.#post({ type: 'close', id, code: INTERNAL_ERROR, reason: 'internal error' });
    }
  }

  /** The client's socket is gone. */
  disconnect(id: number): void {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.session?.closed();
  }

  #connection(id: number, entry: Entry): SignalConnection {
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
      this.#post({ type: 'send', id, data });
      return;
    }
    // A copy is moved: one message may go to many connections, and to post a view would copy all of its buffer.
    const bytes = new Uint8Array(data);
    this.#post({ type: 'send', id, data: bytes }, [bytes.buffer]);
  }

  #log(level: LogLevel, error: unknown, message: string): void {
    this.#post({ type: 'log', level, fields: { error: errorText(error) }, message });
  }
}

function toSignalRequest(request: SignalHttpRequest): SignalRequest {
  return {
    version: request.path,
    query: new URLSearchParams(request.query),
    authorization: request.authorization,
    userAgent: request.userAgent,
    address: request.address,
  };
}
