interface Entry<T> {
  readonly item: T;
  deadline: number;
  /** Where it is in the heap. */
  index: number;
}

/**
 * What is to be done when: each item with one deadline, the earliest first (a binary heap). Whoever has a clock asks for the
 * items that are due, and nothing else is looked at.
 */
export class DeadlineQueue<T> {
  readonly #entries = new Map<T, Entry<T>>();
  readonly #heap: Entry<T>[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** The earliest deadline; Infinity if there is none. */
  get next(): number {
    return this.#heap[0]?.deadline ?? Infinity;
  }

  /** The deadline of an item; Infinity if it has none. */
  deadlineOf(item: T): number {
    return this.#entries.get(item)?.deadline ?? Infinity;
  }

  /** Gives the item this deadline in place of the one it had; Infinity takes it out. */
  set(item: T, deadline: number): void {
    const entry = this.#entries.get(item);
    if (deadline === Infinity) {
      if (entry) this.#remove(entry);
    } else if (entry) {
      this.#change(entry, deadline);
    } else {
      const added = { item, deadline, index: this.#heap.length };
      this.#entries.set(item, added);
      this.#heap.push(added);
      this.#rise(added);
    }
  }

  /** As `set`, if the item has no earlier deadline. */
  lower(item: T, deadline: number): void {
    if (deadline < this.deadlineOf(item)) this.set(item, deadline);
  }

  delete(item: T): void {
    this.set(item, Infinity);
  }

  /** Takes out the item with the earliest deadline if that has come; undefined if nothing is due. */
  takeDue(now: number): T | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.deadline > now) return undefined;
    this.#remove(first);
    return first.item;
  }

  #remove(entry: Entry<T>): void {
    this.#entries.delete(entry.item);
    const last = this.#heap.pop();
    if (last === undefined || last === entry) return;
    this.#put(last, entry.index);
    this.#rise(last);
    this.#sink(last);
  }

  #change(entry: Entry<T>, deadline: number): void {
    entry.deadline = deadline;
    this.#rise(entry);
    this.#sink(entry);
  }

  #rise(entry: Entry<T>): void {
    while (entry.index > 0) {
      const parent = this.#heap[(entry.index - 1) >> 1]!;
      if (parent.deadline <= entry.deadline) return;
      const { index } = parent;
      this.#put(parent, entry.index);
      this.#put(entry, index);
    }
  }

  #sink(entry: Entry<T>): void {
    for (;;) {
      const left = this.#heap[2 * entry.index + 1];
      const right = this.#heap[2 * entry.index + 2];
      const child = right !== undefined && right.deadline < (left?.deadline ?? Infinity) ? right : left;
      if (child === undefined || child.deadline >= entry.deadline) return;
      const { index } = child;
      this.#put(child, entry.index);
      this.#put(entry, index);
    }
  }

  #put(entry: Entry<T>, index: number): void {
    entry.index = index;
    this.#heap[index] = entry;
  }
}
