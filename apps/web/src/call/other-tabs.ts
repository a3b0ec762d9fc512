import { isRecord } from '../lib/json.js';
import { roomKey } from '../lib/room-name.js';
import { Store } from '../lib/store.js';
import type { CallSession } from './call-session.js';

/** What tabs of one browser say to each other. */
interface TabMessage {
  tab: string;
  /** The room's key; undefined: this tab is in no call. */
  room: string | undefined;
  /** Stands for the tab's part in the call: who joins with it takes that part over. */
  token: string | undefined;
  /** Asks the others what they are in. */
  asks: boolean;
}

interface CallOfTab {
  room: string;
  token: string;
}

/** The part of a BroadcastChannel that is needed. */
export interface TabChannel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/**
 * Calls of this person in other tabs of the same browser, by which a second tab knows that it would join as the same
 * person twice. Every tab tells the others when its own call begins and ends.
 */
export class OtherTabs {
  readonly calls = new Store<ReadonlyMap<string, CallOfTab>>(new Map());
  readonly #channel: TabChannel;
  readonly #session: CallSession;
  readonly #tab: string;

  /** `tab` is a name that no other tab has. */
  constructor(channel: TabChannel, session: CallSession, tab: string) {
    this.#channel = channel;
    this.#session = session;
    this.#tab = tab;
    channel.onmessage = ({ data }: MessageEvent) => this.#receive(data);
    session.phase.subscribe(() => this.#tell());
    this.#tell(true);
  }

  /** The token of another tab that is in this room; undefined when none is. `title` in any spelling. */
  tokenFor(title: string): string | undefined {
    const key = roomKey(title);
    return [...this.calls.get().values()].find(({ room }) => room === key)?.token;
  }

  /** The page goes, and its call with it. */
  pageHidden(): void {
    this.#send({ room: undefined, token: undefined, asks: false });
  }

  #tell(asks = false): void {
    const own = this.#session.ownCall();
    this.#send({ room: own && roomKey(own.room), token: own?.token, asks });
  }

  #send(message: Omit<TabMessage, 'tab'>): void {
    const whole: TabMessage = { tab: this.#tab, ...message };
    this.#channel.postMessage(whole);
  }

  #receive(data: unknown): void {
    // A tab may still run an older page: what is not understood is left out.
    if (!isRecord(data) || typeof data.tab !== 'string') return;
    const { tab, room, token, asks } = data;
    const calls = new Map(this.calls.get());
    const before = calls.get(tab);
    if (typeof room === 'string' && typeof token === 'string') calls.set(tab, { room, token });
    else calls.delete(tab);
    const now = calls.get(tab);
    if (before?.room !== now?.room || before?.token !== now?.token) this.calls.set(calls);
    if (asks === true) this.#tell();
  }
}
