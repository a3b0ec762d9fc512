import { createServer, isIPv6, type Server, type Socket } from 'node:net';
import { AddressRateLimiter, errorCode, networkOf } from '@parley/core';
import { TcpConnection, type TcpCloseReason, type TcpTraffic } from './tcp-connection.js';

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

export interface TcpRelayCounters extends TcpTraffic {
  /** At present. */
  connections: number;
  accepted: number;
  /** Turned away, as there were too many already. */
  refusedTotal: number;
  refusedAddress: number;
  /** Turned away, as too many came from one address in a short time. */
  refusedRate: number;
  /** Turned away by the system: it was out of open files, mostly. */
  refusedSystem: number;
  /** Connections that ended, by why. */
  closed: Readonly<Record<TcpCloseReason, number>>;
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
  readonly #traffic: TcpTraffic = {
    packetsReceived: 0,
    bytesReceived: 0,
    packetsSent: 0,
    bytesSent: 0,
    droppedSlowReader: 0,
    pauses: 0,
  };
  readonly #closed: Record<TcpCloseReason, number> = {
    peer: 0,
    malformed: 0,
    unauthenticated: 0,
    idle: 0,
    media: 0,
    shutdown: 0,
  };
  #accepted = 0;
  #refusedTotal = 0;
  #refusedAddress = 0;
  #refusedRate = 0;
  #refusedSystem = 0;
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

  counters(): TcpRelayCounters {
    return {
      ...this.#traffic,
      connections: this.#connections.size,
      accepted: this.#accepted,
      refusedTotal: this.#refusedTotal,
      refusedAddress: this.#refusedAddress,
      refusedRate: this.#refusedRate,
      refusedSystem: this.#refusedSystem,
      closed: { ...this.#closed },
    };
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
        server.on('error', () => (this.#refusedSystem += 1));
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
      this.#refusedTotal += 1;
    } else if (ofNetwork >= maxConnectionsPerAddress) {
      this.#refusedAddress += 1;
    } else if (!this.#arrivals.take(remoteAddress, now())) {
      this.#refusedRate += 1;
    } else {
      this.#accepted += 1;
      this.#networks.set(network, ofNetwork + 1);
      const connection: TcpConnection = new TcpConnection({
        socket,
        media,
        counted: this.#traffic,
        now: now(),
        onClose: (reason) => {
          this.#closed[reason] += 1;
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
