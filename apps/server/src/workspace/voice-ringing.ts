import { errorText } from '@parley/core';
import type { Log } from '@parley/core';
import type { CalleeState, Ring } from '@parley/contract';
import { Ringing } from '@parley/workspace';
import type {
  Callees,
  CallNotes,
  DirectCall,
  EndedCall,
  VoiceRooms,
  WorkspaceEvent,
} from '@parley/workspace';

export interface VoiceRingingOptions {
  rooms: VoiceRooms;
  notes: Pick<CallNotes, 'write'>;
  callees: Pick<Callees, 'reach' | 'told' | 'toldOf'>;
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
  /** Until all is told so far: one after another, as it happened. */
  #telling = Promise.resolve();

  constructor(options: VoiceRingingOptions) {
    this.#options = options;
  }

  /** Those that somebody is called to, or has begun. */
  async of(userId: string): Promise<Ring[]> {
    const calls = this.#ringing.of(userId).map(([channelId, call]) => ({ channelId, call }));
    const begun = calls.map(({ channelId, call: { callerId } }) => ({ channelId, callerId }));
    const told = await this.#options.callees.toldOf(userId, begun);
    return calls
      .filter(({ channelId }) => told.has(channelId))
      .map(({ channelId, call }) => this.#ringOf(channelId, call, false));
  }

  /** Somebody gets a token for the call of a conversation: they begin it, or answer. */
  async joining(
    channelId: string,
    person: { id: string; name: string },
    calledIds: readonly string[],
  ): Promise<void> {
    const { rooms, callees, now } = this.#options;
    const isOn = () => this.#ringing.get(channelId) !== undefined;
    // Who joins a call that is on calls nobody.
    if (!isOn() && rooms.in(channelId).length > 0) return;
    const reached = isOn()
      ? new Map<string, CalleeState>()
      : await callees.reach({ channelId, callerId: person.id }, calledIds);
    // Another may have begun it meanwhile.
    if (!isOn()) this.#callers.set(channelId, person.name);
    if (this.#ringing.join(channelId, person.id, reached, now())) this.#tell(channelId);
    this.#wait();
    await this.#telling;
  }

  /** Somebody declines, or who began the call gives up. */
  async stop(channelId: string, userId: string): Promise<void> {
    const ended = this.#ringing.cancel(channelId, userId);
    if (ended !== undefined) this.#over(ended);
    else if (this.#ringing.decline(channelId, userId)) this.#tell(channelId);
    this.#wait();
    await this.#telling;
  }

  /** Who is in the call of a channel is other people now. */
  peopleChanged(channelId: string): void {
    const people = this.#options.rooms.in(channelId).map(({ userId }) => userId);
    const { changed, ended } = this.#ringing.people(channelId, people, this.#options.now());
    if (ended !== undefined) this.#over(ended);
    else if (changed) this.#tell(channelId);
    this.#wait();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#telling;
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
    const { callees, announce, log } = this.#options;
    const { callerId } = call;
    const concerned = [callerId, ...call.callees.keys()];
    const payload = this.#ringOf(channelId, call, ended);
    this.#telling = this.#telling
      .then(async () => {
        const userIds = await callees.told({ channelId, callerId }, concerned);
        await announce({ type: 'voice_ringing', payload, audience: { userIds } });
      })
      .catch((error: unknown) => {
        log('warn', { reason: errorText(error) }, 'Who is called could not be told');
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
