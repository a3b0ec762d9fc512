import type { WorkspaceEvent } from '../events.js';

/** An event and where it stands among all, as clients name the place from which on they need the next ones. */
export interface PositionedEvent {
  /** Opaque; unlike any other event's. */
  position: string;
  event: WorkspaceEvent;
}

/** The newest events, for who was away for a moment. */
export class EventHistory {
  readonly #most: number;
  /** In order, with an older one's position in front: who has that one lacks none. */
  readonly #events: PositionedEvent[] = [];
  #before: string;

  /**
   * @param before The position after which the first that is added comes.
   * @param most How many are kept.
   */
  constructor(before: string, most: number) {
    this.#before = before;
    this.#most = most;
  }

  /** Of the newest. */
  get position(): string {
    return this.#events.at(-1)?.position ?? this.#before;
  }

  add(event: PositionedEvent): void {
    this.#events.push(event);
    // Cut by halves: dropping one for each that comes would move all of them each time.
    if (this.#events.length < 2 * this.#most) return;
    const dropped = this.#events.splice(0, this.#most);
    this.#before = dropped.at(-1)?.position ?? this.#before;
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
}
