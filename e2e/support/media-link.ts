import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll } from 'vitest';
import { type ParleyServer, useServer } from './server.js';

/** An address of this machine, not of loopback where there is another: Firefox reaches nobody there over TCP. */
const HOST = outsideAddress() ?? '127.0.0.1';
const PORT_ATTEMPTS = 20;

/**
 * What lies between clients and the media port of a server: passes on UDP and TCP, or only one of them. Clients have to
 * be told of its port instead of the server's (`media.port_override`).
 */
export class MediaLink {
  readonly #udp: UdpSocket;
  readonly #tcp: Server;
  /** The server's side of each client, by its address. */
  readonly #peers = new Map<string, UdpSocket>();
  readonly #connections = new Set<Socket>();
  #target = 0;
  #udpOpen: 'all' | 'known' | 'none' = 'all';

  private constructor(tcp: Server, udp: UdpSocket) {
    this.#tcp = tcp;
    this.#udp = udp;
    udp.on('message', (packet, { address, port }) => {
      this.#peer(address, port)?.send(packet, this.#target, HOST);
    });
    tcp.on('connection', (client: Socket) => this.#pass(client));
  }

  /** On one port, over UDP as over TCP. */
  static async open(): Promise<MediaLink> {
    for (let attempt = 1; ; attempt += 1) {
      const tcp = createServer().listen(0, HOST);
      await once(tcp, 'listening');
      const udp = createSocket('udp4');
      udp.bind((tcp.address() as AddressInfo).port, HOST);
      try {
        await once(udp, 'listening');
        return new MediaLink(tcp, udp);
      } catch (error) {
        tcp.close();
        if (attempt === PORT_ATTEMPTS) throw error;
      }
    }
  }

  get port(): number {
    return this.#udp.address().port;
  }

  /** Says which port of this machine the server has. */
  lead(port: number): void {
    this.#target = port;
  }

  /** From now on the datagrams of all clients, of those known so far, or of none are passed on; others vanish. */
  passUdpOf(clients: 'all' | 'known' | 'none'): void {
    this.#udpOpen = clients;
  }

  /** Breaks every TCP connection; new ones are passed on. Answers how many there were. */
  cutTcp(): number {
    const cut = this.#connections.size;
    for (const socket of this.#connections) socket.resetAndDestroy();
    return cut;
  }

  close(): void {
    this.cutTcp();
    for (const peer of this.#peers.values()) peer.close();
    this.#udp.close();
    this.#tcp.close();
  }

  #peer(address: string, port: number): UdpSocket | undefined {
    if (this.#udpOpen === 'none') return undefined;
    const key = `${address}:${port}`;
    const known = this.#peers.get(key);
    if (known !== undefined || this.#udpOpen === 'known') return known;
    const peer = createSocket('udp4');
    peer.on('message', (packet) => {
      if (this.#udpOpen !== 'none') this.#udp.send(packet, port, address);
    });
    this.#peers.set(key, peer);
    return peer;
  }

  #pass(client: Socket): void {
    const server = connect(this.#target, HOST);
    this.#connections.add(client);
    client.on('close', () => {
      this.#connections.delete(client);
      server.destroy();
    });
    server.on('close', () => client.destroy());
    for (const socket of [client, server]) socket.setNoDelay(true).on('error', () => undefined);
    client.pipe(server).pipe(client);
  }
}

/** One server for all tests of a file, whose media is reached through a link only. */
export function useServerBehindLink(): { server: () => ParleyServer; link: () => MediaLink } {
  let opened: MediaLink | undefined;
  const link = (): MediaLink => {
    if (opened === undefined) throw new Error('The link is there only while tests run.');
    return opened;
  };
  beforeAll(async () => {
    opened = await MediaLink.open();
  });
  const server = useServer(() => ({
    PARLEY_MEDIA_ADDRESSES: HOST,
    PARLEY_MEDIA_PORT_OVERRIDE: String(link().port),
  }));
  beforeAll(() => link().lead(server().mediaPort));
  afterAll(() => opened?.close());
  return { server, link };
}

function outsideAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}
