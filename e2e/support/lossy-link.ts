import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll } from 'vitest';
import { Impairment, type LinkProfile, PERFECT } from './impairment.js';
import { SeededRandom } from './random.js';
import { ParleyServer } from './server.js';

/** What a client's link does to what it sends (`up`) and receives (`down`); what is not named is perfect. */
export interface ClientLink {
  up?: Partial<LinkProfile>;
  down?: Partial<LinkProfile>;
}

/** One socket of a client, and the socket by which the server sees it. */
interface Flow {
  client: string;
  from: RemoteInfo;
  upstream: Socket;
  up: Impairment;
  down: Impairment;
}

const ADDRESS = '127.0.0.1';
const SEED = 20_261;
const RESOLUTION = 2 ** 30;

/**
 * A bad network between clients and a server, for UDP: a relay at whose port clients look for the server.
 *
 * Flows are told apart by the clients' addresses. Whose they are is told beforehand: those that begin after `expect` are
 * of that client.
 */
export class LossyLink {
  /** Where clients send to. */
  readonly port: number;
  /** The server's port. */
  target = 0;
  readonly #socket: Socket;
  readonly #random = new SeededRandom(SEED);
  readonly #flows = new Map<string, Flow>();
  readonly #links = new Map<string, ClientLink>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #expected = '';
  #closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (datagram, from) => this.#receive(datagram, from));
  }

  static async start(): Promise<LossyLink> {
    const socket = createSocket('udp4').bind(0, ADDRESS);
    await once(socket, 'listening');
    return new LossyLink(socket);
  }

  /** Flows that begin from now on are of this client. */
  expect(client: string, link: ClientLink = {}): void {
    this.#expected = client;
    this.set(client, link);
  }

  /** From now on the client's link is like this. */
  set(client: string, link: ClientLink): void {
    this.#links.set(client, link);
    for (const flow of this.#flows.values()) {
      if (flow.client !== client) continue;
      flow.up.profile = { ...PERFECT, ...link.up };
      flow.down.profile = { ...PERFECT, ...link.down };
    }
  }

  /** The server sees the client come from other ports, as when a router forgot it. */
  rebind(client: string): void {
    for (const flow of this.#flows.values()) {
      if (flow.client !== client) continue;
      flow.upstream.close();
      flow.upstream = this.#createUpstream(flow.from, flow.down);
    }
  }

  /** Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { upstream } of this.#flows.values()) upstream.close();
    this.#socket.close();
  }

  #receive(datagram: Buffer, from: RemoteInfo): void {
    const flow = this.#flows.get(`${from.address}:${from.port}`) ?? this.#createFlow(from);
    this.#carry(flow.up, datagram, () => flow.upstream.send(datagram, this.target, ADDRESS));
  }

  #createFlow(from: RemoteInfo): Flow {
    const client = this.#expected;
    const link = this.#links.get(client) ?? {};
    const random = () => this.#random.below(RESOLUTION) / RESOLUTION;
    const up = new Impairment({ ...PERFECT, ...link.up }, random);
    const down = new Impairment({ ...PERFECT, ...link.down }, random);
    const flow = { client, from, up, down, upstream: this.#createUpstream(from, down) };
    this.#flows.set(`${from.address}:${from.port}`, flow);
    return flow;
  }

  #createUpstream(from: RemoteInfo, down: Impairment): Socket {
    const upstream = createSocket('udp4').bind(0, ADDRESS);
    upstream.on('message', (datagram) =>
      this.#carry(down, datagram, () => this.#socket.send(datagram, from.port, from.address)),
    );
    return upstream;
  }

  #carry(impairment: Impairment, datagram: Buffer, deliver: () => void): void {
    const now = performance.now();
    for (const arrival of impairment.arrivals(datagram.length, now)) {
      if (arrival <= now) {
        deliver();
        continue;
      }
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        deliver();
      }, arrival - now);
      this.#timers.add(timer);
    }
  }
}

export interface LinkedServer {
  server: () => ParleyServer;
  link: () => LossyLink;
}

/** One server for all tests of a file, whose clients reach it over a lossy link and in no other way. */
export function useLinkedServer(): LinkedServer {
  let running: { server: ParleyServer; link: LossyLink } | undefined;
  beforeAll(async () => {
    const link = await LossyLink.start();
    const server = await ParleyServer.start(
      {},
      {
        PARLEY_MEDIA_HOST_OVERRIDE: ADDRESS,
        PARLEY_MEDIA_PORT_OVERRIDE: String(link.port),
        PARLEY_MEDIA_TCP: 'off',
      },
    );
    link.target = server.mediaPort;
    running = { server, link };
  });
  afterAll(async () => {
    running?.link.close();
    await running?.server.stop();
  });
  const get = () => {
    if (running === undefined) throw new Error('The server runs only while tests do.');
    return running;
  };
  return { server: () => get().server, link: () => get().link };
}
