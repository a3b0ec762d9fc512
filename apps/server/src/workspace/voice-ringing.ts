import { errorText } from '@parley/core';
import type { Log } from '@parley/core';
import type { CalleeState, Ring } from '@parley/contract';
import { Ringing } from '@parley/workspace';
import type { CallNotes, DirectCall, EndedCall, VoiceRooms, WorkspaceEvent } from '@parley/workspace';

export interface VoiceRingingOptions {
  rooms: VoiceRooms;
  notes: Pick<CallNotes, 'write'>;
  /** Whether somebody has a page open. */
  isConnected: (userId: string) => boolean;
  /** Tells others what matters now alone. */
  announce: (event: WorkspaceEvent) => Promise<void>;
  /** Milliseconds since 1970. */
  now: () => number;
  log: Log;
}

/** Calls those who are in a conversation to a call there, until they answer, decline, or it rang for long enough. */
export class VoiceRinging {
  readonly #options: VoiceRingingOptions;
  readonly #ringing = new Ringing();
  /** Names of who began calls, by channel. */
  readonly #callers = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: VoiceRingingOptions) {
    this.#options = options;
  }

  /** Those that somebody is called to, or has begun. */
  of(userId: string): Ring[] {
    return this.#ringing.of(userId).map(([channelId, call]) => this.#ringOf(channelId, call, false));
  }

  /** Somebody gets a token for the call of a conversation: they begin it, or answer. */
  joining(channelId: string, person: { id: string; name: string }, calledIds: readonly string[]): void {
    const { rooms, now } = this.#options;
    const isNew = this.#ringing.get(channelId) === undefined;
    // Who joins a call that is on calls nobody.
    if (isNew && rooms.in(channelId).length > 0) return;
    if (isNew) this.#callers.set(channelId, person.name);
    const callees = new Map(calledIds.map((id) => [id, this.#reach(id)]));
    if (this.#ringing.join(channelId, person.id, callees, now())) this.#tell(channelId);
    this.#wait();
  }

  /** Somebody declines, or who began the call gives up. */
  stop(channelId: string, userId: string): void {
    const ended = this.#ringing.cancel(channelId, userId);
    if (ended !== undefined) this.#over(ended);
    else if (this.#ringing.decline(channelId, userId)) this.#tell(channelId);
    this.#wait();
  }

  /** Who is in the call of a channel is other people now. */
  peopleChanged(channelId: string): void {
    const people = this.#options.rooms.in(channelId).map(({ userId }) => userId);
    const { changed, ended } = this.#ringing.people(channelId, people, this.#options.now());
    if (ended !== undefined) this.#over(ended);
    else if (changed) this.#tell(channelId);
    this.#wait();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #reach(userId: string): CalleeState {
    const { rooms, isConnected } = this.#options;
    if (rooms.channelIds.some((id) => rooms.has(id, userId))) return 'busy';
    return isConnected(userId) ? 'ringing' : 'offline';
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const { deadline } = this.#ringing;
    if (deadline === Infinity) return;
    this.#timer = setTimeout(
      () => {
        for (const { channelId, ended } of this.#ringing.expire(this.#options.now())) {
          if (ended === undefined) this.#tell(channelId);
          else this.#over(ended);
        }
        this.#wait();
      },
      Math.max(deadline - this.#options.now(), 0),
    );
  }

  #over(ended: EndedCall): void {
    this.#announce(ended.channelId, ended.call, true);
    this.#callers.delete(ended.channelId);
    this.#options.notes.write(ended).catch((error: unknown) => {
      this.#options.log(
        'warn',
        { reason: errorText(error) },
        'A call could not be noted in its conversation',
      );
    });
  }

  #tell(channelId: string): void {
    const call = this.#ringing.get(channelId);
    if (call !== undefined) this.#announce(channelId, call, false);
  }

  #announce(channelId: string, call: DirectCall, ended: boolean): void {
    const audience = { userIds: [call.callerId, ...call.callees.keys()] };
    const payload = this.#ringOf(channelId, call, ended);
    this.#options.announce({ type: 'voice_ringing', payload, audience }).catch((error: unknown) => {
      this.#options.log('warn', { reason: errorText(error) }, 'Who is called could not be told');
    });
  }

  #ringOf(channelId: string, call: DirectCall, ended: boolean): Ring {
    return {
      channel_id: channelId,
      caller: { id: call.callerId, name: this.#callers.get(channelId) ?? '' },
      started_at: new Date(call.startedAt).toISOString(),
      people: [...call.callees].map(([id, state]) => ({ id, state })),
      ended,
    };
  }
}
