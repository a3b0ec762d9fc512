import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import proxyaddr from '@fastify/proxy-addr';
import type { PerMessageDeflateOptions } from 'ws';
import type { AddressRateLimiter } from '@parley/core';
import type { Config } from '../config/schema.js';
import { ForeignUpgrades } from './foreign-upgrades.js';
import { FOREIGN_HOST, hostRule } from './host-rule.js';
import type { HostRule } from './host-rule.js';
import { readTarget } from './request-target.js';

/** A request for a WebSocket. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  /** What has come after the request's header. */
  head: Buffer;
  path: string;
  /** Without its question mark. */
  query: string;
  /** Of the client. */
  address: string;
  /** As the client named the server, and whether it came over https: what a trusted proxy says of it counts. */
  host: string | undefined;
  secure: boolean;
}

/** What answers requests for WebSockets at some paths. */
export interface WebSocketGateway {
  readonly paths: readonly string[];
  upgrade(upgrade: Upgrade): void;
}

export interface UpgradesOptions {
  config: Config;
  /** Limits the connections of one client address. */
  joins: AddressRateLimiter;
  /** Monotonic time in milliseconds. */
  now: () => number;
  onRefused: (status: number) => void;
}

/**
 * permessage-deflate with a small window and small buffers: they stay allocated as long as the connection, and with
 * zlib's defaults they are 0.3 MB of each.
 */
export const COMPRESSION: PerMessageDeflateOptions = {
  /** Smaller messages are not worth compressing. */
  threshold: 1_024,
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  serverMaxWindowBits: 11,
  zlibDeflateOptions: { memLevel: 4, chunkSize: 4_096 },
  zlibInflateOptions: { chunkSize: 4_096 },
};

/** The door of all WebSockets: what is asked for in vain, or too often, comes no further. */
export class Upgrades {
  readonly #options: UpgradesOptions;
  readonly #trust: (address: string, hop: number) => boolean;
  readonly #isOwnHost: HostRule;
  readonly #byPath = new Map<string, WebSocketGateway>();
  #stopping = false;

  constructor(gateways: readonly WebSocketGateway[], options: UpgradesOptions) {
    this.#options = options;
    this.#trust = proxyaddr.compile(options.config.http.trusted_proxies);
    this.#isOwnHost = hostRule(options.config);
    for (const gateway of gateways) for (const path of gateway.paths) this.#byPath.set(path, gateway);
  }

  attach(server: Server): void {
    const foreign = new ForeignUpgrades(server);
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (request.headers.upgrade?.toLowerCase() === 'websocket') this.#upgrade(request, socket, head);
      else foreign.ignore(request, head);
    });
  }

  /** Refuses new connections from now on. */
  stop(): void {
    this.#stopping = true;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { joins, now } = this.#options;
    socket.on('error', () => socket.destroy());
    const [path, query] = splitUrl(readTarget(request));
    const gateway = this.#byPath.get(path);
    const address = proxyaddr(request, this.#trust);
    if (gateway === undefined) {
      this.#refuse(socket, 404, 'there is no WebSocket here');
    } else if (!this.#isOwnHost(request.headers.host)) {
      this.#refuse(socket, FOREIGN_HOST.status, FOREIGN_HOST.text);
    } else if (this.#stopping) {
      this.#refuse(socket, 503, 'the server is shutting down');
    } else if (!joins.take(address, now())) {
      this.#refuse(socket, 429, 'too many connections from your address');
    } else {
      gateway.upgrade({ request, socket, head, path, query, address, ...this.#askedFor(request) });
    }
  }

  /** As Fastify finds it for other requests. */
  #askedFor({ headers, socket: { remoteAddress = '' } }: IncomingMessage): Pick<Upgrade, 'host' | 'secure'> {
    if (!this.#trust(remoteAddress, 0)) return { host: headers.host, secure: false };
    const host = lastOf(headers['x-forwarded-host']) ?? headers.host;
    return { host, secure: lastOf(headers['x-forwarded-proto']) === 'https' };
  }

  #refuse(socket: Duplex, status: number, text: string): void {
    this.#options.onRefused(status);
    refuseUpgrade(socket, status, text);
  }
}

/** Answers a request for a WebSocket with an HTTP error. */
export function refuseUpgrade(socket: Duplex, status: number, text: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = Buffer.from(text);
  const header = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${body.length}`,
    '',
    '',
  ].join('\r\n');
  socket.once('finish', () => socket.destroy());
  socket.end(Buffer.concat([Buffer.from(header), body]));
}

/** Of several proxies the nearest is the one that is trusted. */
function lastOf(header: string | string[] | undefined): string | undefined {
  const last = header?.toString().split(',').at(-1)?.trim();
  return last === '' ? undefined : last;
}

/** Path with single slashes and none at its end, and the query without its question mark. */
function splitUrl(url: string): [path: string, query: string] {
  const mark = url.indexOf('?');
  const path = (mark < 0 ? url : url.slice(0, mark)).replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  return [path, mark < 0 ? '' : url.slice(mark + 1)];
}
