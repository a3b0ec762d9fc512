import { SignalRequest, type SignalResponse } from '@livekit/protocol';
import { EncodedMessage } from './broadcasts.js';
import type { LiveKitCounters } from './livekit-metrics.js';
import { valuesInBinary, valuesInJson } from './message-values.js';

/** The client's WebSocket, as the server shows it to this package. */
export interface SignalConnection {
  /** A binary frame, or a text frame. */
  send(data: Uint8Array | string): void;
  close(code: number, reason: string): void;
}

const NORMAL_CLOSURE = 1000;

/**
 * The messages of one session: protobuf in binary frames, or its JSON form in text frames when the client speaks so. They go
 * over one WebSocket at a time; what is sent while there is none is lost.
 */
export class SignalChannel {
  readonly #counters: LiveKitCounters;
  #connection: SignalConnection | undefined;
  #json = false;

  constructor(connection: SignalConnection, counters: LiveKitCounters) {
    this.#connection = connection;
    this.#counters = counters;
  }

  /** The WebSocket in use. */
  get connection(): SignalConnection | undefined {
    return this.#connection;
  }

  /** Goes on over another WebSocket, or over none. One that is still open is closed. */
  replace(connection: SignalConnection | undefined): void {
    this.close(NORMAL_CLOSURE, 'replaced');
    this.#connection = connection;
    this.#json = false;
  }

  /** How many values there are in a frame; beyond `most` they are not counted on. */
  valuesIn(data: Uint8Array | string, most: number): number {
    return typeof data === 'string' ? valuesInJson(data, most) : valuesInBinary(SignalRequest, data, most);
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
    if (this.#connection) this.sendEncoded(new EncodedMessage(message));
  }

  /** As `send`, of a message that others are sent too. */
  sendEncoded(message: EncodedMessage): void {
    if (!this.#connection) return;
    this.#counters.signalsSent += 1;
    this.#connection.send(this.#json ? message.json : message.binary);
  }

  /** Idempotent. */
  close(code: number, reason: string): void {
    this.#connection?.close(code, reason);
    this.#connection = undefined;
  }
}
