interface Pending<Answer> {
  resolve: (answer: Answer | undefined) => void;
  timer: NodeJS.Timeout;
}

/** Questions that wait for their answers, each until a deadline. */
export class PendingQuestions<Answer> {
  readonly #pending = new Map<number, Pending<Answer>>();
  #nextId = 1;

  get size(): number {
    return this.#pending.size;
  }

  /**
   * @param post Sends the question under that id.
   * @param timeout Milliseconds.
   * @returns the answer, or undefined when none came in time.
   */
  ask(post: (id: number) => void, timeout: number): Promise<Answer | undefined> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.answer(id, undefined);
      }, timeout);
      this.#pending.set(id, { resolve, timer });
      post(id);
    });
  }

  /** One that comes too late, or to no question, is dropped. Undefined: there will be none. */
  answer(id: number, answer: Answer | undefined): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    pending.resolve(answer);
  }

  /** Nobody is there to answer any more. */
  dropAll(): void {
    for (const id of [...this.#pending.keys()]) this.answer(id, undefined);
  }
}
