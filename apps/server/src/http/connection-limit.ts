import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import proxyaddr from '@fastify/proxy-addr';
import { networkOf } from '@parley/core';

export interface ConnectionLimitOptions {
  /** Connections at once of one address; an IPv6 network of 64 bits counts as one. */
  perAddress: number;
  /** Whose connections are other people's: reverse proxies. */
  trustedProxies: readonly string[];
  onRefused: (limit: ConnectionRefusal) => void;
}

/** Whether an address had too many, or the system: it was out of open files, mostly. */
export type ConnectionRefusal = 'address' | 'system';

/** Closes connections of an address that has too many, WebSockets counted too, before anything is read from them. */
export class ConnectionLimit {
  readonly #options: ConnectionLimitOptions;
  readonly #isProxy: (address: string, hop: number) => boolean;
  /** Open connections by network. */
  readonly #networks = new Map<string, Set<Socket>>();

  constructor(options: ConnectionLimitOptions) {
    this.#options = options;
    this.#isProxy = proxyaddr.compile([...options.trustedProxies]);
  }

  guard(server: Server): void {
    server.on('connection', (socket: Socket) => {
      this.#accept(socket);
    });
    server.once('listening', () => {
      server.on('error', () => {
        this.#options.onRefused('system');
      });
    });
  }

  #accept(socket: Socket): void {
    const { remoteAddress } = socket;
    // Without an address the client is gone already.
    if (remoteAddress === undefined || this.#isProxy(remoteAddress, 0)) return;
    const network = networkOf(remoteAddress);
    const open = this.#networks.get(network) ?? new Set();
    // A server may be handed a connection anew, after an upgrade that came to nothing.
    if (open.has(socket)) return;
    if (open.size >= this.#options.perAddress) {
      this.#options.onRefused('address');
      socket.destroy();
      return;
    }
    this.#networks.set(network, open.add(socket));
    socket.once('close', () => {
      open.delete(socket);
      if (open.size === 0) this.#networks.delete(network);
    });
  }
}
