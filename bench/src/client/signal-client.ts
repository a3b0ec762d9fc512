import { gzipSync } from 'node:zlib';
import {
  JoinRequest,
  SignalRequest,
  SignalResponse,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol';
import { WebSocket, type RawData } from 'ws';

export interface SignalClientOptions {
  /** `ws://host:port` of the server. */
  url: string;
  token: string;
  joinRequest: JoinRequest;
  onMessage: (message: SignalResponse['message']) => void;
  /** The connection ended, or never came to be. Told once. */
  onClose: (reason: string) => void;
}

const PING_INTERVAL_MS = 5_000;

/** The client's end of LiveKit signalling version 1: protobuf messages over a WebSocket. */
export class SignalClient {
  readonly #socket: WebSocket;
  readonly #pings: NodeJS.Timeout;
  #dropped = false;

  constructor(options: SignalClientOptions) {
    this.#socket = new WebSocket(
      `${options.url}/rtc/v1?join_request=${encodeJoinRequest(options.joinRequest)}`,
      {
        headers: { Authorization: `Bearer ${options.token}` },
      },
    );
    this.#socket.on('message', (data: RawData, isBinary: boolean) => {
      if (isBinary && Buffer.isBuffer(data)) options.onMessage(SignalResponse.fromBinary(data).message);
    });
    let failure = '';
    this.#socket.on('error', (error) => {
      failure = error.message;
    });
    this.#socket.on('close', (code, reason) => {
      clearInterval(this.#pings);
      if (this.#dropped) return;
      options.onClose(failure === '' ? `${code} ${reason.toString()}` : failure);
    });
    this.#pings = setInterval(() => {
      this.send({ case: 'pingReq', value: { timestamp: BigInt(Date.now()), rtt: 0n } });
    }, PING_INTERVAL_MS);
  }

  send(message: NonNullable<ConstructorParameters<typeof SignalRequest>[0]>['message']): void {
    if (this.#socket.readyState !== WebSocket.OPEN || message === undefined) return;
    this.#socket.send(new SignalRequest({ message }).toBinary());
  }

  /** Says goodbye and closes. Idempotent. */
  close(): void {
    this.send({ case: 'leave', value: {} });
    clearInterval(this.#pings);
    this.#socket.close();
  }

  /** Breaks the connection without a word, as a network does. */
  drop(): void {
    this.#dropped = true;
    clearInterval(this.#pings);
    this.#socket.terminate();
  }
}

/** Protobuf in gzip in protobuf in padded base64url, as the SDKs send it. */
function encodeJoinRequest(request: JoinRequest): string {
  const wrapped = new WrappedJoinRequest({
    compression: WrappedJoinRequest_Compression.GZIP,
    joinRequest: gzipSync(request.toBinary()),
  });
  const text = Buffer.from(wrapped.toBinary()).toString('base64url');
  return encodeURIComponent(text.padEnd(Math.ceil(text.length / 4) * 4, '='));
}
