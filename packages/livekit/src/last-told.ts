import type { SignalResponse } from '@livekit/protocol';

const MAX_MESSAGES = 500;

/**
 * What a client was told last of matters that it hears of only when they change. After an interruption it is told again,
 * as nobody knows what of it got through.
 */
export class LastTold {
  readonly #messages = new Map<string, SignalResponse['message']>();

  /** Messages in the order in which they were told. */
  get messages(): Iterable<SignalResponse['message']> {
    return this.#messages.values();
  }

  /** @param matter What the message tells of: an earlier one of the same is outdated. */
  remember(matter: string, message: SignalResponse['message']): void {
    this.#messages.delete(matter);
    this.#messages.set(matter, message);
    if (this.#messages.size <= MAX_MESSAGES) return;
    for (const oldest of this.#messages.keys()) {
      this.#messages.delete(oldest);
      break;
    }
  }

  /** The client has shown that it knows. */
  forget(matter: string): void {
    this.#messages.delete(matter);
  }
}
