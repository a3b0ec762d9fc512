import type { RawData, WebSocket } from 'ws';
import type { SignalLink } from '../media/media-front.js';
import { TokenBucket } from '@parley/core';
import type { SignalDrop } from './metrics.js';

export interface SignalSocketOptions {
  messagesPerSecond: number;
  backlogBytes: number;
  /** Monotonic time in milliseconds. */
  now: () => number;
  onDrop: (reason: SignalDrop) => void;
  onClosed: () => void;
}

// WebSocket close codes, RFC 6455 section 7.4.1.
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;

const BURST_SECONDS = 10;
/** Large messages count as several: one for so many bytes. */
const BYTES_PER_MESSAGE = 16_384;
/** Milliseconds that a peer has to answer a close frame. */
const CLOSE_TIMEOUT = 1_000;
/** A close frame holds 125 bytes, two of them the code. */
const MAX_REASON_BYTES = 123;
const OVERSIZE = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

/** One client's open WebSocket: passes messages both ways, within limits. */
export class SignalSocket {
  readonly #socket: WebSocket;
  readonly #link: SignalLink;
  readonly #options: SignalSocketOptions;
  readonly #bucket: TokenBucket;
  readonly #burst: number;
  #alive = true;
  #ended = false;
  /** Messages that the system has not taken over yet. */
  #waiting = 0;
  /** Bytes of the largest message since none waited. */
  #largest = 0;

  constructor(socket: WebSocket, link: SignalLink, options: SignalSocketOptions) {
    this.#socket = socket;
    this.#link = link;
    this.#options = options;
    const { messagesPerSecond } = options;
    this.#burst = messagesPerSecond * BURST_SECONDS;
    this.#bucket = new TokenBucket(messagesPerSecond, this.#burst, options.now());
    socket.on('message', (data, isBinary) => {
      this.#receive(data, isBinary);
    });
    socket.on('pong', () => {
      this.#alive = true;
    });
    socket.on('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      if (code === OVERSIZE) options.onDrop('oversize');
      else if (typeof code === 'string' && code.startsWith('WS_ERR_')) options.onDrop('malformed');
    });
    socket.on('close', () => {
      this.#ended = true;
      link.disconnect();
      options.onClosed();
    });
  }

  /** What waits beside one large message counts: a room that takes megabytes to tell of can be joined over any line. */
  send(data: Uint8Array | string): void {
    if (this.#ended) return;
    if (this.#socket.bufferedAmount - this.#largest > this.#options.backlogBytes) {
      this.#options.onDrop('backlog');
      this.terminate();
      return;
    }
    this.#waiting += 1;
    this.#largest = Math.max(this.#largest, Buffer.byteLength(data));
    this.#socket.send(data, () => {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#largest = 0;
    });
  }

  /** Says goodbye; a code that may not be sent becomes 1011. */
  close(code: number, reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#socket.close(isSendableCode(code) ? code : INTERNAL_ERROR, truncate(reason));
    setTimeout(() => {
      this.#socket.terminate();
    }, CLOSE_TIMEOUT).unref();
  }

  /** Ends the connection if the peer has not answered the ping before; else pings again. */
  heartbeat(): void {
    if (!this.#alive) {
      this.#options.onDrop('unresponsive');
      this.terminate();
      return;
    }
    this.#alive = false;
    this.#socket.ping();
  }

  terminate(): void {
    this.#ended = true;
    this.#socket.terminate();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#ended || !Buffer.isBuffer(data)) return;
    this.#alive = true;
    // One of a size that is allowed can always be sent where nothing else was.
    const cost = Math.min(1 + Math.floor(data.length / BYTES_PER_MESSAGE), this.#burst);
    if (!this.#bucket.take(cost, this.#options.now())) {
      this.#options.onDrop('flood');
      this.close(POLICY_VIOLATION, 'too many messages');
      this.#link.disconnect();
      return;
    }
    this.#link.receive(isBinary ? data : data.toString('utf8'));
  }
}

function isSendableCode(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999)
  );
}

function truncate(reason: string): string {
  const bytes = new TextEncoder().encode(reason);
  if (bytes.length <= MAX_REASON_BYTES) return reason;
  // A character cut in two at the end is left out.
  return new TextDecoder().decode(bytes.subarray(0, MAX_REASON_BYTES), { stream: true });
}
