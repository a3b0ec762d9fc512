import type { DeadlineQueue } from './deadline-queue.js';

/** What has something to do at a certain time. It has no clock: whoever has one calls it, then or later. */
export interface Timed {
  /** When `handleTimeout` has something to do, in monotonic milliseconds; Infinity if nothing is due. */
  readonly deadline: number;
  handleTimeout(now: number): void;
}

/** An item's deadline may be earlier than it was; it is forgotten where nothing is due. */
export function expectTimed<T extends Timed>(queue: DeadlineQueue<T>, item: T): void {
  const { deadline } = item;
  if (deadline === Infinity) queue.delete(item);
  else queue.lower(item, deadline);
}

/** Handles the items of a queue that are due, each once, and puts each back under its next deadline. */
export function handleDue(queue: DeadlineQueue<Timed>, now: number): void {
  const due: Timed[] = [];
  for (let item = queue.takeDue(now); item !== undefined; item = queue.takeDue(now)) due.push(item);
  for (const item of due) {
    item.handleTimeout(now);
    queue.lower(item, item.deadline);
  }
}
