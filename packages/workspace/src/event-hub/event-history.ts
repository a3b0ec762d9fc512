import type { WorkspaceEvent } from '../events.js';
import { withoutMessage } from './withheld.js';

/** An event and where it stands among all, as clients name the place from which on they need the next ones. */
export interface PositionedEvent {
  /** Opaque; unlike any other event's. */
  position: string;
  event: WorkspaceEvent;
}

export interface HistoryLimits {
  /** How many events are kept. */
  events: number;
  /** Of what clients are told. */
  characters: number;
}

interface KeptEvent extends PositionedEvent {
  characters: number;
}

/** The newest events, for who was away for a moment. */
export class EventHistory {
  readonly #limits: HistoryLimits;
  /** In order, with an older one's position in front: who has that one lacks none. */
  readonly #events: KeptEvent[] = [];
  #characters = 0;
  #before: string;

  /**
   * @param before The position after which the first that is added comes.
   * @param limits Up to twice as much is kept.
   */
  constructor(before: string, limits: HistoryLimits) {
    this.#before = before;
    this.#limits = limits;
  }

  /** Of the newest. */
  get position(): string {
    return this.#events.at(-1)?.position ?? this.#before;
  }

  /** @param characters That clients are told. */
  add({ position, event }: PositionedEvent, characters: number): void {
    if (event.type === 'message_deleted') this.#forget(event.payload.id);
    this.#events.push({ position, event, characters });
    this.#characters += characters;
    const { events: most, characters: mostCharacters } = this.#limits;
    // Cut by halves: dropping one for each that comes would move all of them each time.
    if (this.#events.length < 2 * most && this.#characters < 2 * mostCharacters) return;
    let drop = 0;
    for (const oldest of this.#events) {
      if (this.#events.length - drop <= most && this.#characters <= mostCharacters) break;
      this.#characters -= oldest.characters;
      this.#before = oldest.position;
      drop += 1;
    }
    this.#events.splice(0, drop);
  }

  /** What came after a position; undefined when that is not known any more. */
  after(position: string): readonly PositionedEvent[] | undefined {
    if (position === this.#before) return this.#events;
    // The newest are asked for most.
    for (let index = this.#events.length - 1; index >= 0; index -= 1) {
      if (this.#events[index]?.position === position) return this.#events.slice(index + 1);
    }
    return undefined;
  }

  /** What a message said, which is deleted. */
  #forget(messageId: string): void {
    for (const kept of this.#events) kept.event = withoutMessage(kept.event, messageId);
  }
}
