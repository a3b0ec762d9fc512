import type { CalleeState } from '@parley/contract';

/** How long it rings, in milliseconds. */
export const RING_MS = 45_000;

/** A call of a conversation, from the moment at which somebody began it. */
export interface DirectCall {
  callerId: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Until when it rings. */
  until: number;
  /** What became of calling each of the others. */
  callees: ReadonlyMap<string, CalleeState>;
}

/** A call that is over. */
export interface EndedCall {
  channelId: string;
  call: DirectCall;
  /** How long two or more were in it; undefined if nobody answered. */
  milliseconds: number | undefined;
}

interface Running extends DirectCall {
  callees: Map<string, CalleeState>;
  /** Whether anybody has been in it. */
  isEntered: boolean;
  answeredAt: number | undefined;
}

const UNSETTLED: readonly CalleeState[] = ['ringing', 'busy', 'offline'];

/** Whether somebody may still answer. */
export function isUnsettled(state: CalleeState): boolean {
  return UNSETTLED.includes(state);
}

/** Calls of conversations: who is called, who has answered or declined, and when a call is over. Does nothing by itself. */
export class Ringing {
  readonly #calls = new Map<string, Running>();

  get(channelId: string): DirectCall | undefined {
    return this.#calls.get(channelId);
  }

  /** Those in which somebody is called, or calls. */
  of(userId: string): [channelId: string, call: DirectCall][] {
    return [...this.#calls].filter(([, { callerId, callees }]) => callerId === userId || callees.has(userId));
  }

  /** When `expire` has something to do; Infinity for never. */
  get deadline(): number {
    return Math.min(Infinity, ...[...this.#calls.values()].map(({ until }) => until));
  }

  /**
   * Somebody is about to join. Where there is no call they begin one.
   *
   * @param callees the others, as they can be reached.
   * @returns whether what is to be told of the call has changed.
   */
  join(channelId: string, userId: string, callees: ReadonlyMap<string, CalleeState>, now: number): boolean {
    const call = this.#calls.get(channelId);
    if (call !== undefined) return this.#settle(call, userId, 'answered');
    this.#calls.set(channelId, {
      ...{ callerId: userId, startedAt: now, until: now + RING_MS, callees: new Map(callees) },
      ...{ isEntered: false, answeredAt: undefined },
    });
    return true;
  }

  /** By whom is called. Answers whether it changed anything. */
  decline(channelId: string, userId: string): boolean {
    const call = this.#calls.get(channelId);
    return call !== undefined && this.#settle(call, userId, 'declined');
  }

  /** The caller gives up before anybody has answered. */
  cancel(channelId: string, userId: string): EndedCall | undefined {
    const call = this.#calls.get(channelId);
    if (call?.callerId !== userId || call.answeredAt !== undefined) return undefined;
    return this.#end(channelId, call, call.startedAt);
  }

  /** Who is in a call now, as the media server says. */
  people(
    channelId: string,
    userIds: readonly string[],
    now: number,
  ): { changed: boolean; ended?: EndedCall } {
    const call = this.#calls.get(channelId);
    if (call === undefined) return { changed: false };
    if (userIds.length === 0) {
      // Who calls is not there yet at first.
      return call.isEntered ? { changed: true, ended: this.#end(channelId, call, now) } : { changed: false };
    }
    call.isEntered = true;
    if (userIds.length > 1) call.answeredAt ??= now;
    const settled = userIds.map((userId) => this.#settle(call, userId, 'answered'));
    return { changed: settled.includes(true) };
  }

  /** Nobody is called for longer than `RING_MS`; answers the calls of which that is to be told, and those that are over. */
  expire(now: number): { channelId: string; ended?: EndedCall }[] {
    return [...this.#calls]
      .filter(([, { until }]) => until <= now)
      .map(([channelId, call]) => {
        call.until = Infinity;
        for (const userId of call.callees.keys()) this.#settle(call, userId, 'unanswered');
        return call.isEntered ? { channelId } : { channelId, ended: this.#end(channelId, call, now) };
      });
  }

  #settle(call: Running, userId: string, state: CalleeState): boolean {
    const before = call.callees.get(userId);
    if (before === undefined || before === state) return false;
    // Who has declined may come after all; what was answered stays so.
    if (!isUnsettled(before) && state !== 'answered') return false;
    call.callees.set(userId, state);
    return true;
  }

  #end(channelId: string, call: Running, now: number): EndedCall {
    this.#calls.delete(channelId);
    for (const userId of call.callees.keys()) this.#settle(call, userId, 'unanswered');
    const milliseconds = call.answeredAt === undefined ? undefined : now - call.answeredAt;
    return { channelId, call, milliseconds };
  }
}
