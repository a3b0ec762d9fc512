import { SignalResponse } from '@livekit/protocol';

/** A message in both of its forms, each written when it is first needed. */
export class EncodedMessage {
  readonly #response: SignalResponse;
  #binary: Uint8Array | undefined;
  #json: string | undefined;

  constructor(message: SignalResponse['message']) {
    this.#response = new SignalResponse({ message });
  }

  get binary(): Uint8Array {
    return (this.#binary ??= this.#response.toBinary());
  }

  get json(): string {
    return (this.#json ??= this.#response.toJsonString());
  }
}

/**
 * What many clients are told in the same words in one go is written once. When somebody joins a room of a hundred, that is most
 * of what the join costs.
 */
export class Broadcasts {
  /** Of this go. */
  readonly #messages = new Map<string, EncodedMessage>();
  #isOpen = false;

  /** Messages that are made meanwhile are kept until it is over. */
  during(action: () => void): void {
    this.#isOpen = true;
    try {
      action();
    } finally {
      this.#isOpen = false;
      this.#messages.clear();
    }
  }

  /** @param key Tells apart whatever may be told. */
  message(key: string, make: () => SignalResponse['message']): EncodedMessage {
    const known = this.#messages.get(key);
    if (known) return known;
    const made = new EncodedMessage(make());
    if (this.#isOpen) this.#messages.set(key, made);
    return made;
  }
}
