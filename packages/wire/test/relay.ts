import dgram from 'node:dgram';
import { once } from 'node:events';

/** A middle box between a client and a server on loopback that can watch, drop, change and repeat packets. */
export class Relay {
  /** Sees each packet on its way to the server; what it returns is passed on. */
  onTowardsServer: (packet: Uint8Array) => readonly Uint8Array[] = (packet) => [packet];
  /** As `onTowardsServer`, the other way. */
  onTowardsClient: (packet: Uint8Array) => readonly Uint8Array[] = (packet) => [packet];

  readonly #clientSide: dgram.Socket;
  readonly #serverSide: dgram.Socket;
  readonly #serverPort: number;

  private constructor(
    clientSide: dgram.Socket,
    serverSide: dgram.Socket,
    clientPort: number,
    serverPort: number,
  ) {
    this.#clientSide = clientSide;
    this.#serverSide = serverSide;
    this.#serverPort = serverPort;
    clientSide.on('message', (packet) => {
      for (const passed of this.onTowardsServer(packet)) this.sendToServer(passed);
    });
    serverSide.on('message', (packet) => {
      for (const passed of this.onTowardsClient(packet)) clientSide.send(passed, clientPort, '127.0.0.1');
    });
  }

  static async start(clientPort: number, serverPort: number): Promise<Relay> {
    const sockets = [dgram.createSocket('udp4'), dgram.createSocket('udp4')] as const;
    for (const socket of sockets) {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
    }
    return new Relay(sockets[0], sockets[1], clientPort, serverPort);
  }

  get ports(): { towardsServer: number; towardsClient: number } {
    return { towardsServer: this.#clientSide.address().port, towardsClient: this.#serverSide.address().port };
  }

  sendToServer(packet: Uint8Array): void {
    this.#serverSide.send(packet, this.#serverPort, '127.0.0.1');
  }

  close(): void {
    this.#clientSide.close();
    this.#serverSide.close();
  }
}
