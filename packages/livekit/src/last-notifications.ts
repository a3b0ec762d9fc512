import type { SignalResponse } from '@livekit/protocol';

const MAX_MESSAGES = 500;

/**
 * The last notification of each matter that a client hears of only when it changes. After an interruption they are sent
 * again, as nobody knows which of them got through.
 */
export class LastNotifications {
  readonly #messages = new Map<string, SignalResponse['message']>();

  /** In the order in which they were sent. */
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
