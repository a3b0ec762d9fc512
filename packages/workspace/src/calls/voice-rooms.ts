/** Somebody in a call, as the media server sees them. */
export interface VoiceRoomPerson {
  userId: string;
  microphone: boolean;
  camera: boolean;
  screen: boolean;
}

interface VoiceRoom {
  /** The media thread that has it. */
  thread: number;
  people: readonly VoiceRoomPerson[];
}

/** Who is in the calls of channels, as the media threads tell it. */
export class VoiceRooms {
  readonly #rooms = new Map<string, VoiceRoom>();
  #revision: number;

  /** @param now milliseconds since 1970: the numbers of an earlier start are lower. */
  constructor(now: number) {
    this.#revision = now;
  }

  /** Of what is told from now on; grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  /** Those first who came first. */
  in(channelId: string): readonly VoiceRoomPerson[] {
    return this.#rooms.get(channelId)?.people ?? [];
  }

  has(channelId: string, userId: string): boolean {
    return this.in(channelId).some((person) => person.userId === userId);
  }

  /** Ids of the channels in whose calls anybody is. */
  get channelIds(): string[] {
    return [...this.#rooms.keys()];
  }

  /** Who is in a call now, by what a thread says. */
  set(thread: number, channelId: string, people: readonly VoiceRoomPerson[]): void {
    if (people.length > 0) this.#rooms.set(channelId, { thread, people });
    // Another thread may have the room already.
    else if (this.#rooms.get(channelId)?.thread === thread) this.#rooms.delete(channelId);
    this.touch();
  }

  /** A thread is gone, and the calls with it; answers the channels of these. */
  threadEnded(thread: number): string[] {
    const ended = [...this.#rooms].filter(([, room]) => room.thread === thread).map(([id]) => id);
    for (const id of ended) this.#rooms.delete(id);
    this.touch();
    return ended;
  }

  /** What is shown of somebody in a call has changed otherwise. */
  touch(): void {
    this.#revision += 1;
  }
}
