import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, isIPv6 } from 'node:net';
import type { Server } from 'node:net';

export type Protocol = 'UDP' | 'TCP';

/** Milliseconds that a message has to arrive, and between two datagrams with it. */
const TIMEOUT = 1_000;
const REPEAT = 250;

/** Listens on the media port of one protocol, to see whether what is sent to some address arrives here. */
export class MediaProbe {
  readonly protocol: Protocol;
  /** The address that it listens on. */
  readonly host: string;
  readonly #socket: UdpSocket | Server;
  readonly #waiting = new Map<string, () => void>();

  private constructor(protocol: Protocol, host: string, socket: UdpSocket | Server) {
    this.protocol = protocol;
    this.host = host;
    this.#socket = socket;
  }

  /** Rejects with the system's error when the port cannot be used. */
  static async open(protocol: Protocol, host: string, port: number): Promise<MediaProbe> {
    if (protocol === 'UDP') {
      const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
      const probe = new MediaProbe(protocol, host, socket);
      socket.on('message', (message) => {
        probe.#arrived(message.toString());
      });
      try {
        socket.bind(port, host);
        await once(socket, 'listening');
      } catch (error) {
        socket.close();
        throw error;
      }
      return probe;
    }
    const server = createServer((connection) => {
      connection.on('error', () => undefined);
      connection.once('data', (data) => {
        probe.#arrived(data.toString());
        connection.destroy();
      });
    });
    const probe = new MediaProbe(protocol, host, server);
    server.listen(port, host);
    await once(server, 'listening');
    return probe;
  }

  get port(): number {
    const address = this.#socket.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Whether what this machine sends to that address and port arrives here. */
  async isReachedBy(ip: string, port: number): Promise<boolean> {
    const message = `parley doctor ${randomUUID()}`;
    const arrived = new Promise<boolean>((resolve) => {
      this.#waiting.set(message, () => {
        resolve(true);
      });
      setTimeout(resolve, TIMEOUT, false).unref();
    });
    const stop = this.protocol === 'UDP' ? sendDatagrams(ip, port, message) : sendOver(ip, port, message);
    const result = await arrived;
    this.#waiting.delete(message);
    stop();
    return result;
  }

  close(): void {
    this.#socket.close();
  }

  #arrived(message: string): void {
    this.#waiting.get(message)?.();
  }
}

/** Answers what ends it. */
function sendDatagrams(ip: string, port: number, message: string): () => void {
  const socket = createSocket(isIPv6(ip) ? 'udp6' : 'udp4');
  // What is not sent does not arrive.
  socket.on('error', () => undefined);
  const send = (): void => {
    socket.send(message, port, ip, () => undefined);
  };
  send();
  const timer = setInterval(send, REPEAT);
  return () => {
    clearInterval(timer);
    socket.close();
  };
}

/** Answers what ends it. */
function sendOver(ip: string, port: number, message: string): () => void {
  const socket = connect(port, ip, () => socket.write(message));
  socket.on('error', () => undefined);
  return () => socket.destroy();
}
