import { createServer, isIPv6, type Server, type Socket } from 'node:net';
import { AddressRateLimiter, createCounters, errorCode, networkOf } from '@parley/core';
import { TcpConnection } from './tcp-connection.js';
import { tcpCounterMetrics, type TcpCounters } from './tcp-metrics.js';

export interface TcpRelayOptions {
  /** TCP port to listen on; 0 picks a free one. */
  port: number;
  /** UDP port of media on this machine. */
  mediaPort: number;
  /** Addresses to listen on, those that media is bound to. Default all; a family that the machine lacks is left out. */
  addresses?: readonly string[] | undefined;
  /** Connections at once, of everybody. */
  maxConnections: number;
  /** Connections at once of one address; an IPv6 network of 64 bits counts as one. */
  maxConnectionsPerAddress: number;
  /** Monotonic time in milliseconds. */
  now: () => number;
}

const EVERYWHERE = ['0.0.0.0', '::'];
/** New connections of one address in a second; at once as many as it may have. */
const CONNECTIONS_PER_SECOND = 100;
/** Connections that the system keeps until they are accepted. */
const BACKLOG = 1024;

/**
 * Media over TCP for clients whose network lets no UDP out (RFC 6544): passive candidates behind one port, with
 * packets framed by RFC 4571.
 *
 * To media every connection looks like a client of its own on loopback, so nothing there differs from UDP: checks,
 * consent, nomination and the way from one path to another.
 */
export class TcpRelay {
  readonly #options: TcpRelayOptions;
  readonly #servers: Server[] = [];
  readonly #connections = new Set<TcpConnection>();
  /** How many there are by network. */
  readonly #networks = new Map<string, number>();
  readonly #arrivals: AddressRateLimiter;
  readonly #counters = createCounters(tcpCounterMetrics);
  #port = 0;

  constructor(options: TcpRelayOptions) {
    this.#options = options;
    this.#port = options.port;
    this.#arrivals = new AddressRateLimiter(CONNECTIONS_PER_SECOND, options.maxConnectionsPerAddress);
  }

  /** Port bound. */
  get port(): number {
    return this.#port;
  }

  /** Rejects with the system's error when the port cannot be bound. */
  async listen(): Promise<void> {
    for (const address of this.#options.addresses ?? EVERYWHERE) {
      try {
        this.#servers.push(await this.#listenOn(address));
      } catch (error) {
        if (errorCode(error) === 'EAFNOSUPPORT') continue;
        this.close();
        throw error;
      }
    }
  }

  /** Call about every 100 ms. */
  handleTimeout(): void {
    const now = this.#options.now();
    for (const connection of this.#connections) connection.handleTimeout(now);
  }

  counters(): TcpCounters {
    return { connections: this.#connections.size, ...structuredClone(this.#counters) };
  }

  /** Closes every connection and the port. Idempotent. */
  close(): void {
    for (const server of this.#servers.splice(0)) server.close();
    for (const connection of this.#connections) connection.close('shutdown');
  }

  #listenOn(address: string): Promise<Server> {
    const media = { address: reachable(address), port: this.#options.mediaPort };
    const server = createServer((socket) => this.#accept(socket, media));
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port: this.#port, host: address, ipv6Only: isIPv6(address), backlog: BACKLOG }, () => {
        const bound = server.address();
        if (typeof bound === 'object' && bound !== null) this.#port = bound.port;
        server.off('error', reject);
        server.on('error', () => (this.#counters.refused.system += 1));
        resolve(server);
      });
    });
  }

  #accept(socket: Socket, media: { address: string; port: number }): void {
    const { maxConnections, maxConnectionsPerAddress, now } = this.#options;
    const { remoteAddress = '' } = socket;
    const network = networkOf(remoteAddress);
    const ofNetwork = this.#networks.get(network) ?? 0;
    if (this.#connections.size >= maxConnections) {
      this.#counters.refused.total += 1;
    } else if (ofNetwork >= maxConnectionsPerAddress) {
      this.#counters.refused.address += 1;
    } else if (!this.#arrivals.take(remoteAddress, now())) {
      this.#counters.refused.rate += 1;
    } else {
      this.#counters.accepted += 1;
      this.#networks.set(network, ofNetwork + 1);
      const connection: TcpConnection = new TcpConnection({
        socket,
        media,
        counted: this.#counters,
        now: now(),
        onClose: (reason) => {
          this.#counters.closed[reason] += 1;
          this.#connections.delete(connection);
          this.#leave(network);
        },
      });
      this.#connections.add(connection);
      return;
    }
    socket.on('error', () => undefined);
    socket.destroy();
  }

  #leave(network: string): void {
    const left = (this.#networks.get(network) ?? 0) - 1;
    if (left > 0) this.#networks.set(network, left);
    else this.#networks.delete(network);
  }
}

/** The address at which media bound to this one is reached from this machine. */
function reachable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}
