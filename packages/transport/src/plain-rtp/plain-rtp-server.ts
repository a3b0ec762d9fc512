import type { BoundSocket, Wire } from '@parley/wire';
import type { TransportServer } from '../server/transport-server.js';
import {
  PlainRtpTransport,
  type PlainRtpContext,
  type PlainRtpObserver,
  type PlainRtpParameters,
} from './plain-rtp-transport.js';

/** Where a transport is to receive. */
export interface PlainRtpPorts {
  /** Local and numeric. */
  address: string;
  /** Default a free one. */
  port?: number;
  /** A port of its own for RTCP, 0 for a free one; default: RTCP comes to the same (RFC 5761). */
  rtcpPort?: number;
}

/** Makes the transports of plain RTP of a thread, each behind ports of its own. */
export class PlainRtpServer {
  readonly #transports: TransportServer;

  constructor(transports: TransportServer) {
    this.#transports = transports;
  }

  /**
   * @throws RangeError when there is no room for another session, or a key has not the size of its suite; Error when a port
   * cannot be bound, with the code EADDRINUSE if others have it.
   */
  createTransport(
    ports: PlainRtpPorts,
    parameters: PlainRtpParameters,
    observer: PlainRtpObserver,
  ): PlainRtpTransport {
    const { wire } = this.#transports;
    const bound: BoundSocket[] = [];
    try {
      const rtp = bind(wire, ports.address, ports.port ?? 0, bound);
      const rtcp = ports.rtcpPort === undefined ? rtp : bind(wire, ports.address, ports.rtcpPort, bound);
      const transport = new PlainRtpTransport(this.#context(bound), { rtp, rtcp }, parameters, observer);
      this.#transports.add(transport);
      return transport;
    } catch (error) {
      for (const { index } of bound) wire.closeSocket(index);
      throw error;
    }
  }

  #context(bound: readonly BoundSocket[]): PlainRtpContext {
    const transports = this.#transports;
    const { wire } = transports;
    return {
      ...transports.context,
      wire,
      attach: (transport, session) => {
        transports.attach(transport, session);
      },
      detach: (session) => {
        transports.detach(session);
      },
      expect: (transport, deadline) => {
        transports.expect(transport, deadline);
      },
      forget: (transport) => {
        transports.forget(transport);
        for (const { index } of bound) wire.closeSocket(index);
      },
    };
  }
}

function bind(wire: Wire, address: string, port: number, bound: BoundSocket[]): BoundSocket {
  const socket = wire.bindSocket(address, port);
  bound.push(socket);
  return socket;
}
