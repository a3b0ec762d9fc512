/** What the HTTP side hears about one client's link. First `accepted` or `rejected`, then the others. */
export interface LinkListener {
  accepted(): void;
  rejected(status: number, text: string): void;
  send(data: Uint8Array | string): void;
  close(code: number, reason: string): void;
}

/** One client's link to a front, as the HTTP side holds it. */
export interface Link {
  receive(data: Uint8Array | string): void;
  /** The client is gone. Nothing is told to the listener after it. */
  disconnect(): void;
}

/** The way to the media threads for any front's half in the main thread, which says what the room is. */
export interface MediaLinks {
  /** @param room Undefined where the client names none: any thread may refuse it. */
  open(front: string, room: string | undefined, payload: unknown, listener: LinkListener): Link;
  /**
   * Asks the thread that has the room, or is to have it.
   *
   * @param begins Whether what is asked may begin the room.
   * @returns undefined when no thread answers.
   */
  ask(front: string, room: string | undefined, payload: unknown, begins: boolean): Promise<unknown>;
  /** Asks every thread; undefined for each that does not answer. There is at least one. */
  askAll(front: string, payload: unknown): Promise<[unknown, ...unknown[]]>;
}
