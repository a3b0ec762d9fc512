import { claimedSeat, tokenOfRequest } from '@parley/access';
import type { ClaimedSeat } from '@parley/access';
import { channelOfRoom, isAccount } from '@parley/contract';
import type { CallService, SessionService } from '@parley/workspace';
import type { SignalHttpRequest } from '@parley/node/main-thread';

/** The token of a client that comes for a call. */
export type Knock = Pick<SignalHttpRequest, 'authorization' | 'query'>;

/** The HTTP answer instead of a place in a call. */
export interface Refusal {
  status: number;
  text: string;
}

/** Is asked before media about who comes into a call, by a token that media has still to verify. */
export interface Admission {
  /** Undefined for who may come in as far as is known here. */
  refusal(knock: Knock): Promise<Refusal | undefined>;
  /** They are in. To be called back when their connection is over. */
  entered(knock: Knock): () => void;
}

export interface CallDoorOptions {
  calls: Pick<CallService, 'allowed'>;
  sessions: Pick<SessionService, 'stillOpen'>;
  /** Somebody is in the call of a channel. */
  onEntered: () => void;
  /** Told of what keeps the door from knowing. */
  onFailed: (thrown: unknown) => void;
}

const NOT_ALLOWED = { status: 403, text: 'you may not be in the call of this channel' };
const SIGNED_OUT = { status: 403, text: 'you have been signed out: sign in, then join again' };
const UNKNOWN = { status: 503, text: 'the server cannot look up who may join: try again in a moment' };

/**
 * The door of the calls of channels. A token says what was allowed when it was made, hours ago maybe: who has been put out
 * since, or signed out, does not come back with it.
 */
export class CallDoor implements Admission {
  readonly #options: CallDoorOptions;
  /** Sessions with which people are in calls, by room and identity: the newest connection has the place. */
  readonly #seats = new Map<string, ClaimedSeat>();
  /** Settles when all who came so far have their answer: the order in which they come decides who has a place. */
  #answered: Promise<unknown> = Promise.resolve();

  constructor(options: CallDoorOptions) {
    this.#options = options;
  }

  refusal(knock: Knock): Promise<Refusal | undefined> {
    const seat = seatOf(knock);
    if (seat === undefined) return Promise.resolve(undefined);
    const answer = Promise.all([this.#judge(seat), this.#answered]).then(([refusal]) => refusal);
    this.#answered = answer;
    return answer;
  }

  entered(knock: Knock): () => void {
    const seat = seatOf(knock);
    if (seat === undefined) return () => undefined;
    const key = keyOf(seat.room, seat.identity);
    this.#seats.set(key, seat);
    this.#options.onEntered();
    return () => {
      if (this.#seats.get(key) === seat) this.#seats.delete(key);
    };
  }

  /** Who of these people in a room came with a session that has ended. */
  async signedOut(room: string, identities: readonly string[]): Promise<ReadonlySet<string>> {
    const sessionOf = (identity: string) => this.#seats.get(keyOf(room, identity))?.session;
    const sessions = identities.map(sessionOf).filter((session) => session !== undefined);
    const open = await this.#options.sessions.stillOpen(sessions);
    const isOver = (session: string | undefined) => session !== undefined && !open.has(session);
    return new Set(identities.filter((identity) => isOver(sessionOf(identity))));
  }

  async #judge({ room, identity, session }: ClaimedSeat): Promise<Refusal | undefined> {
    const { calls, sessions, onFailed } = this.#options;
    const channelId = channelOfRoom(room);
    if (channelId === undefined) return undefined;
    try {
      if (session !== undefined && (await sessions.stillOpen([session])).get(session) !== identity)
        return SIGNED_OUT;
      return (await calls.allowed(channelId, [identity])).has(identity) ? undefined : NOT_ALLOWED;
    } catch (error) {
      onFailed(error);
      return UNKNOWN;
    }
  }
}

/** Of an account in the call of a channel; undefined for everybody else, whom media alone judges. */
function seatOf({ authorization, query }: Knock): ClaimedSeat | undefined {
  const seat = claimedSeat(tokenOfRequest(authorization, new URLSearchParams(query)));
  return channelOfRoom(seat.room) !== undefined && isAccount(seat.identity) ? seat : undefined;
}

function keyOf(room: string, identity: string): string {
  return `${room} ${identity}`;
}
