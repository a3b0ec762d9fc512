import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Config } from '../config/schema.js';
import type { MediaFront, SignalLink } from '../media/media-front.js';
import type { SignalHttpRequest } from '@parley/node/main-thread';
import type { Admission } from '../workspace/call-door.js';
import type { HttpMetrics } from './metrics.js';
import { SignalSocket } from './signal-socket.js';
import { COMPRESSION, refuseUpgrade } from './upgrades.js';
import type { Upgrade, WebSocketGateway } from './upgrades.js';

export interface SignalGatewayOptions {
  config: Config;
  media: MediaFront;
  metrics: HttpMetrics;
  /** Who else is asked about who may come in, if anybody. */
  admission: () => Admission | undefined;
  /** Monotonic time in milliseconds. */
  now: () => number;
}

const PATHS: ReadonlyMap<string, SignalHttpRequest['path']> = new Map([
  ['/rtc', 'v0'],
  ['/rtc/v1', 'v1'],
]);
/** Milliseconds that the media thread has to answer. */
const CONNECT_TIMEOUT = 10_000;

/** LiveKit's signalling WebSocket: the workspace and the media thread decide who is let in, before the upgrade is answered. */
export class SignalGateway implements WebSocketGateway {
  readonly paths = [...PATHS.keys()];
  readonly #options: SignalGatewayOptions;
  readonly #server: WebSocketServer;
  readonly #sockets = new Set<SignalSocket>();
  #emptied: (() => void) | undefined;

  constructor(options: SignalGatewayOptions) {
    const { limits } = options.config;
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: limits.message_bytes,
      perMessageDeflate: COMPRESSION,
    });
    this.#server.on('wsClientError', (error, socket) => {
      options.metrics.signalDrops.inc({ reason: 'malformed' });
      this.#refuse(socket, 400, error.message);
    });
  }

  /** Connections that are open. */
  get size(): number {
    return this.#sockets.size;
  }

  /** Pings every client and drops those that did not answer the ping before. Call every 10 s. */
  heartbeat(): void {
    for (const socket of this.#sockets) socket.heartbeat();
  }

  /** Waits until all connections are closed, `timeout` milliseconds at most. */
  async untilEmpty(timeout: number): Promise<void> {
    if (this.#sockets.size === 0) return;
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(resolve, timeout);
      this.#emptied = () => {
        clearTimeout(deadline);
        resolve();
      };
    });
  }

  /** Waits until all connections are closed; ends those that are left after `timeout` milliseconds. */
  async drain(timeout: number): Promise<void> {
    await this.untilEmpty(timeout);
    for (const socket of this.#sockets) socket.terminate();
  }

  upgrade({ request, socket, head, path, query, address }: Upgrade): void {
    const version = PATHS.get(path);
    if (version === undefined) {
      this.#refuse(socket, 404, 'there is no WebSocket here');
      return;
    }
    const { authorization, 'user-agent': userAgent = '' } = request.headers;
    void this.#admit(request, socket, head, { path: version, query, address, authorization, userAgent });
  }

  async #admit(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    signalRequest: SignalHttpRequest,
  ): Promise<void> {
    const admission = this.#options.admission();
    const refusal = await admission?.refusal(signalRequest);
    if (refusal !== undefined) this.#refuse(socket, refusal.status, refusal.text);
    // Who has gone meanwhile is not to take anybody's place.
    else if (!socket.destroyed) this.#connect(request, socket, head, signalRequest, admission);
  }

  #connect(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    signalRequest: SignalHttpRequest,
    admission: Admission | undefined,
  ): void {
    const { joins } = this.#options.metrics;
    const requestedAt = this.#options.now();
    let answered = false;
    let open: SignalSocket | undefined;
    let left: (() => void) | undefined;
    const link = this.#options.media.connect(signalRequest, {
      accepted: () => {
        clearTimeout(timeout);
        // Calls back at once, or answers a malformed handshake and ends the socket.
        this.#server.handleUpgrade(request, socket, head, (webSocket) => {
          open = this.#open(webSocket, link);
        });
      },
      rejected: (status, text) => {
        clearTimeout(timeout);
        this.#refuse(socket, status, text);
      },
      send: (data) => {
        open?.send(data);
        if (answered) return;
        answered = true;
        left = admission?.entered(signalRequest);
        joins.observe((this.#options.now() - requestedAt) / 1_000);
      },
      close: (code, reason) => {
        clearTimeout(timeout);
        if (open === undefined) this.#refuse(socket, 503, reason);
        else open.close(code, reason);
      },
    });
    const timeout = setTimeout(() => {
      link.disconnect();
      this.#refuse(socket, 503, 'the media server does not answer');
    }, CONNECT_TIMEOUT);
    socket.once('close', () => {
      clearTimeout(timeout);
      link.disconnect();
      left?.();
    });
  }

  #open(webSocket: WebSocket, link: SignalLink): SignalSocket {
    const { config, metrics, now } = this.#options;
    const socket = new SignalSocket(webSocket, link, {
      messagesPerSecond: config.limits.messages_per_second,
      backlogBytes: config.limits.backlog_bytes,
      now,
      onDrop: (reason) => {
        metrics.signalDrops.inc({ reason });
      },
      onClosed: () => {
        this.#sockets.delete(socket);
        metrics.signalConnections.set(this.#sockets.size);
        if (this.#sockets.size === 0) this.#emptied?.();
      },
    });
    this.#sockets.add(socket);
    metrics.signalConnections.set(this.#sockets.size);
    return socket;
  }

  /** Answers the upgrade with an HTTP error. */
  #refuse(socket: Duplex, status: number, text: string): void {
    this.#options.metrics.signalRejections.inc({ status: String(status) });
    refuseUpgrade(socket, status, text);
  }
}
