import { SignalRequest, SignalResponse } from '@livekit/protocol';
import type { LiveKitCounters } from './metrics.js';

/** The client's WebSocket, as the server shows it to this package. */
export interface SignalConnection {
  /** A binary frame, or a text frame. */
  send(data: Uint8Array | string): void;
  close(code: number, reason: string): void;
}

/** The messages of one WebSocket: protobuf in binary frames, or its JSON form in text frames when the client speaks so. */
export class SignalChannel {
  readonly #connection: SignalConnection;
  readonly #counters: LiveKitCounters;
  #json = false;
  #closed = false;

  constructor(connection: SignalConnection, counters: LiveKitCounters) {
    this.#connection = connection;
    this.#counters = counters;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Reads a frame; answers go out in the same form from then on. Undefined when it is malformed. */
  decode(data: Uint8Array | string): SignalRequest['message'] | undefined {
    try {
      if (typeof data === 'string') {
        this.#json = true;
        return SignalRequest.fromJsonString(data, { ignoreUnknownFields: true }).message;
      }
      return SignalRequest.fromBinary(data).message;
    } catch {
      return undefined;
    }
  }

  send(message: SignalResponse['message']): void {
    if (this.#closed) return;
    const response = new SignalResponse({ message });
    this.#counters.signalsSent += 1;
    this.#connection.send(this.#json ? response.toJsonString() : response.toBinary());
  }

  /** Idempotent. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close(code, reason);
  }
}
