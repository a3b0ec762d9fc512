import { hostCandidates, type HostCandidate } from '../ice/index.js';
import type { TransportServer } from '../server/transport-server.js';
import {
  WebRtcTransport,
  type WebRtcTransportContext,
  type WebRtcTransportObserver,
} from './web-rtc-transport.js';

export interface WebRtcServerOptions {
  /** To advertise as host candidates, best first. */
  candidates: readonly AdvertisedAddress[];
  /** Whether media is taken over TCP too, at the same addresses and ports: then candidates say so. */
  tcp?: boolean;
}

/** Where peers are told to send to. */
export interface AdvertisedAddress {
  ip: string;
  /** Default the port that is bound. */
  port?: number | undefined;
}

/** Makes the WebRTC transports of a thread, all of them behind one UDP port, and says how they are reached. */
export class WebRtcServer {
  readonly #transports: TransportServer;
  readonly #context: WebRtcTransportContext;
  readonly #tcp: boolean;
  #candidates: readonly HostCandidate[] = [];

  constructor(transports: TransportServer, { candidates, tcp = false }: WebRtcServerOptions) {
    this.#transports = transports;
    this.#context = contextOf(transports);
    this.#tcp = tcp;
    this.advertise(candidates);
  }

  /** What descriptions made from now on are to name. */
  get candidates(): readonly HostCandidate[] {
    return this.#candidates;
  }

  get port(): number {
    return this.#transports.wire.port;
  }

  /** SHA-256 fingerprint of the certificate, as in SDP. */
  get fingerprint(): string {
    return this.#transports.wire.fingerprint;
  }

  /** Replaces the candidates by these addresses, best first. Transports that are connected stay so. */
  advertise(addresses: readonly AdvertisedAddress[]): void {
    const all = addresses.map(({ ip, port = this.port }) => ({ ip, port }));
    this.#candidates = [...hostCandidates(all), ...(this.#tcp ? hostCandidates(all, 'tcp') : [])];
  }

  createTransport(observer: WebRtcTransportObserver): WebRtcTransport {
    const transport = new WebRtcTransport(this.#context, observer);
    this.#transports.add(transport);
    return transport;
  }
}

function contextOf(transports: TransportServer): WebRtcTransportContext {
  const { context, ufragPrefix, wire } = transports;
  return {
    ...context,
    ufragPrefix,
    registerUfrag: (ufrag, transport) => {
      transports.registerUfrag(transport, ufrag);
    },
    unregisterUfrag: (ufrag) => {
      transports.unregisterUfrag(ufrag);
    },
    openSession: (transport, role, remoteFingerprint) => {
      const session = wire.openSession({ role, remoteFingerprint });
      transports.attach(transport, session);
      transports.handshakeBegins(session);
      return session;
    },
    setPath: (session, path) => {
      wire.setPath(session, path);
    },
    schedule: (transport) => {
      transports.schedule(transport);
    },
    expect: (transport, deadline) => {
      transports.expect(transport, deadline);
    },
    handshakeEnded: (session) => {
      transports.handshakeEnded(session);
    },
    forget: (transport, session) => {
      transports.forget(transport);
      transports.detach(session);
      wire.closeSession(session);
    },
  };
}
