import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import proxyaddr from '@fastify/proxy-addr';
import { WebSocketServer } from 'ws';
import type { PerMessageDeflateOptions, WebSocket } from 'ws';
import type { AddressRateLimiter } from '@parley/core';
import type { Config } from '../config/schema.js';
import type { MediaFront, SignalLink } from '../media/media-front.js';
import type { SignalHttpRequest } from '@parley/node/main-thread';
import { ForeignUpgrades } from './foreign-upgrades.js';
import { FOREIGN_HOST, hostRule } from './host-rule.js';
import type { HostRule } from './host-rule.js';
import type { HttpMetrics } from './metrics.js';
import { readTarget } from './request-target.js';
import { SignalSocket } from './signal-socket.js';

export interface SignalGatewayOptions {
  config: Config;
  media: MediaFront;
  metrics: HttpMetrics;
  /** Limits the connections of one client address. */
  joins: AddressRateLimiter;
  /** Monotonic time in milliseconds. */
  now: () => number;
}

const PATHS: ReadonlyMap<string, SignalHttpRequest['path']> = new Map([
  ['/rtc', 'v0'],
  ['/rtc/v1', 'v1'],
]);
/** Milliseconds that the media thread has to answer. */
const CONNECT_TIMEOUT = 10_000;
/**
 * permessage-deflate with a small window and small buffers: they stay allocated as long as the connection, and with
 * zlib's defaults they are 0.3 MB of each.
 */
const COMPRESSION: PerMessageDeflateOptions = {
  /** Smaller messages are not worth compressing. */
  threshold: 1_024,
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  serverMaxWindowBits: 11,
  zlibDeflateOptions: { memLevel: 4, chunkSize: 4_096 },
  zlibInflateOptions: { chunkSize: 4_096 },
};

/** LiveKit's signalling WebSocket: the media thread decides who is let in, before the upgrade is answered. */
export class SignalGateway {
  readonly #options: SignalGatewayOptions;
  readonly #server: WebSocketServer;
  readonly #trust: (address: string, hop: number) => boolean;
  readonly #isOwnHost: HostRule;
  readonly #sockets = new Set<SignalSocket>();
  #stopping = false;
  #emptied: (() => void) | undefined;

  constructor(options: SignalGatewayOptions) {
    const { limits, http } = options.config;
    this.#options = options;
    this.#trust = proxyaddr.compile(http.trusted_proxies);
    this.#isOwnHost = hostRule(options.config);
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

  attach(server: Server): void {
    const foreign = new ForeignUpgrades(server);
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (request.headers.upgrade?.toLowerCase() === 'websocket') this.#upgrade(request, socket, head);
      else foreign.ignore(request, head);
    });
  }

  /** Pings every client and drops those that did not answer the ping before. Call every 10 s. */
  heartbeat(): void {
    for (const socket of this.#sockets) socket.heartbeat();
  }

  /** Refuses new connections from now on. */
  stop(): void {
    this.#stopping = true;
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

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const [url, query] = splitUrl(readTarget(request));
    const path = PATHS.get(url);
    const address = proxyaddr(request, this.#trust);
    if (path === undefined) {
      this.#refuse(socket, 404, 'there is no WebSocket here');
    } else if (!this.#isOwnHost(request.headers.host)) {
      this.#refuse(socket, FOREIGN_HOST.status, FOREIGN_HOST.text);
    } else if (this.#stopping) {
      this.#refuse(socket, 503, 'the server is shutting down');
    } else if (!this.#options.joins.take(address, this.#options.now())) {
      this.#refuse(socket, 429, 'too many connections from your address');
    } else {
      this.#connect(request, socket, head, { path, query, address });
    }
  }

  #connect(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    from: Pick<SignalHttpRequest, 'path' | 'query' | 'address'>,
  ): void {
    const { headers } = request;
    const { joins } = this.#options.metrics;
    const requestedAt = this.#options.now();
    let answered = false;
    let open: SignalSocket | undefined;
    const link = this.#options.media.connect(
      {
        ...from,
        authorization: headers.authorization,
        userAgent: headers['user-agent'] ?? '',
      },
      {
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
          joins.observe((this.#options.now() - requestedAt) / 1_000);
        },
        close: (code, reason) => {
          clearTimeout(timeout);
          if (open === undefined) this.#refuse(socket, 503, reason);
          else open.close(code, reason);
        },
      },
    );
    const timeout = setTimeout(() => {
      link.disconnect();
      this.#refuse(socket, 503, 'the media server does not answer');
    }, CONNECT_TIMEOUT);
    socket.once('close', () => {
      clearTimeout(timeout);
      link.disconnect();
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
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    const body = Buffer.from(text);
    socket.once('finish', () => socket.destroy());
    socket.end(
      Buffer.concat([
        Buffer.from(
          [
            `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
            'Connection: close',
            'Content-Type: text/plain; charset=utf-8',
            `Content-Length: ${body.length}`,
            '',
            '',
          ].join('\r\n'),
        ),
        body,
      ]),
    );
  }
}

/** Path with single slashes and none at its end, and the query without its question mark. */
function splitUrl(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  const path = (mark < 0 ? url : url.slice(0, mark)).replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  return [path, mark < 0 ? '' : url.slice(mark + 1)];
}
