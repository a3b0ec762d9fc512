import { RX, RX_WORDS, RxKind, SLOT_SIZE, Wire, type WireCounters } from '@parley/wire';
import { hostCandidates, type HostCandidate } from './ice/index.js';
import { KeptPackets } from './kept-packets.js';
import { SendBatch } from './send-batch.js';
import { StunMessage } from './stun/index.js';
import { WebRtcTransport, type WebRtcTransportObserver } from './web-rtc-transport.js';

export interface WebRtcServerOptions {
  /** UDP port for everybody; 0 picks a free one. */
  port: number;
  /** Addresses to bind; default all. */
  addresses?: readonly string[];
  /** Shares the port with the servers of other threads, each with a character of its own; see `WireOptions`. */
  ufragPrefix?: string;
  /** To advertise as host candidates, best first. */
  candidates: readonly AdvertisedAddress[];
  /** Whether media is taken over TCP too, at the same addresses and ports: then candidates say so. */
  tcp?: boolean;
  /** RTP packets that one peer may send in a second; twice as many at once. Default 3,000. */
  packetsPerSecond?: number;
  /** Monotonic time in milliseconds. */
  now: () => number;
  /** Milliseconds since 1970. */
  wall: () => number;
  /** Cryptographically strong random bytes. */
  random: (bytes: number) => Uint8Array;
  /** A transport's handling of a packet threw; the transport is closed as failed. */
  onError: (error: unknown) => void;
}

/** Where peers are told to send to. */
export interface AdvertisedAddress {
  ip: string;
  /** Default the port that is bound. */
  port?: number | undefined;
}

/** Counters of the wire and of what came to no transport. */
export interface WebRtcServerCounters extends WireCounters {
  /** STUN messages for no transport known: a wrong user name, or none. */
  stunUnknownUsername: number;
  /** RTCP packets that were malformed, in whole or from some point on. */
  rtcpMalformed: number;
  /** RTP packets of streams that no media section announced. */
  rtpUnknownStream: number;
  /** RTP packets that came before the peer nominated their path. */
  rtpBeforeNomination: number;
  /** Packets of peers that sent too many of a kind. */
  rtpFlood: number;
  rtcpFlood: number;
  dataFlood: number;
  stunFlood: number;
  nacksReceived: number;
  nacksSent: number;
  keyFrameRequestsReceived: number;
  keyFrameRequestsSent: number;
  retransmissionsSent: number;
  /** Packets asked for that were too old, or asked for too often. */
  retransmissionsRefused: number;
  /** Reports of subscribers on when packets arrived. */
  feedbackReceived: number;
  /** Times that a packet had to wait for its path's pacer. */
  packetsPaced: number;
  /** Packets of padding, sent to find out whether a path carries more. */
  paddingSent: number;
}

/** Slots of the packet pool, 96 MiB, of which only what is used takes memory; and how many histories may keep. */
const SLOTS = 65_536;
const MAX_KEPT = (3 * SLOTS) / 4;
/** About 29 Mbit/s of full packets: a screen in 4K and a camera in three layers. */
const PACKETS_PER_SECOND = 3_000;

/** Milliseconds between two looks at packets that wait for a pacer, and at probes. */
const PACING_INTERVAL = 5;

/**
 * All WebRTC transports of a thread behind one UDP port: gives each received packet to its transport and sends what
 * they wrote. The edge between the wire, which does I/O, and the transports, which are fed and asked.
 */
export class WebRtcServer {
  readonly now: () => number;
  readonly wall: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** What local user name fragments begin with. */
  readonly ufragPrefix: string;
  readonly batch: SendBatch;
  readonly wire: Wire;
  readonly packets: KeptPackets;
  /** RTP packets that one peer may send in a second. */
  readonly packetsPerSecond: number;
  /** What transports count. */
  readonly counted = {
    stunUnknownUsername: 0,
    rtcpMalformed: 0,
    rtpUnknownStream: 0,
    rtpBeforeNomination: 0,
    rtpFlood: 0,
    rtcpFlood: 0,
    dataFlood: 0,
    stunFlood: 0,
    nacksReceived: 0,
    nacksSent: 0,
    keyFrameRequestsReceived: 0,
    keyFrameRequestsSent: 0,
    retransmissionsSent: 0,
    retransmissionsRefused: 0,
    feedbackReceived: 0,
    packetsPaced: 0,
    paddingSent: 0,
  };
  readonly #onError: (error: unknown) => void;
  readonly #tcp: boolean;
  #candidates: readonly HostCandidate[] = [];
  readonly #transports = new Set<WebRtcTransport>();
  readonly #bySession = new Map<number, WebRtcTransport>();
  readonly #byUfrag = new Map<string, WebRtcTransport>();
  /** Transports with something to send that is not in the batch yet. */
  readonly #pending = new Set<WebRtcTransport>();
  /** Transports whose packets wait for their pacer, or that probe. */
  readonly #hurried = new Set<WebRtcTransport>();
  #pacing: NodeJS.Timeout | undefined;
  #flushScheduled = false;
  #handling = false;
  #closed = false;

  constructor(options: WebRtcServerOptions) {
    this.now = options.now;
    this.wall = options.wall;
    this.random = options.random;
    this.packetsPerSecond = options.packetsPerSecond ?? PACKETS_PER_SECOND;
    this.ufragPrefix = options.ufragPrefix ?? '';
    this.#onError = options.onError;
    this.wire = new Wire({
      port: options.port,
      slots: SLOTS,
      ...(options.addresses && { addresses: options.addresses }),
      ...(options.ufragPrefix !== undefined && { ufragPrefix: options.ufragPrefix }),
      onBatch: (count) => this.#receive(count),
    });
    this.packets = new KeptPackets(this.wire, MAX_KEPT);
    this.batch = new SendBatch(this.wire);
    this.#tcp = options.tcp ?? false;
    this.advertise(options.candidates);
  }

  /** What descriptions made from now on are to name. */
  get candidates(): readonly HostCandidate[] {
    return this.#candidates;
  }

  get port(): number {
    return this.wire.port;
  }

  /** SHA-256 fingerprint of the certificate, as in SDP. */
  get fingerprint(): string {
    return this.wire.fingerprint;
  }

  /** Replaces the candidates by these addresses, best first. Transports that are connected stay so. */
  advertise(addresses: readonly AdvertisedAddress[]): void {
    const all = addresses.map(({ ip, port = this.wire.port }) => ({ ip, port }));
    this.#candidates = [...hostCandidates(all), ...(this.#tcp ? hostCandidates(all, 'tcp') : [])];
  }

  createTransport(observer: WebRtcTransportObserver): WebRtcTransport {
    const transport = new WebRtcTransport(this, observer);
    this.#transports.add(transport);
    return transport;
  }

  /** Retransmissions, feedback, reports, consent. Call every 10 to 50 ms. */
  handleTimers(now: number): void {
    this.#handling = true;
    this.wire.tick();
    for (const transport of this.#transports) {
      try {
        transport.handleTimers(now);
      } catch (error) {
        this.#failed(transport, error);
      }
    }
    this.#handling = false;
    this.#flush();
  }

  counters(): WebRtcServerCounters {
    return { ...this.wire.counters(), ...this.counted };
  }

  /** Closes every transport and the port. Idempotent. */
  close(): void {
    if (this.#closed) return;
    for (const transport of [...this.#transports]) transport.close();
    this.#flush();
    this.#closed = true;
    clearTimeout(this.#pacing);
    this.wire.close();
  }

  /** For `WebRtcTransport` only: checks with this user name fragment are its own. */
  registerUfrag(ufrag: string, transport: WebRtcTransport): void {
    this.#byUfrag.set(ufrag, transport);
  }

  /** For `WebRtcTransport` only. */
  unregisterUfrag(ufrag: string): void {
    this.#byUfrag.delete(ufrag);
  }

  /** For `WebRtcTransport` only. */
  openSession(transport: WebRtcTransport, role: 'client' | 'server', remoteFingerprint: Uint8Array): number {
    const session = this.wire.openSession({ role, remoteFingerprint });
    this.#bySession.set(session, transport);
    return session;
  }

  /** For `WebRtcTransport` only. */
  forget(transport: WebRtcTransport, session: number): void {
    this.#transports.delete(transport);
    this.#pending.delete(transport);
    this.#hurried.delete(transport);
    if (this.#bySession.get(session) === transport) {
      this.#bySession.delete(session);
      this.wire.closeSession(session);
    }
  }

  /** The transport has something to send: it goes out at the end of what is being handled, or very soon. */
  schedule(transport?: WebRtcTransport): void {
    if (transport) this.#pending.add(transport);
    if (this.#handling || this.#flushScheduled || this.#closed) return;
    this.#flushScheduled = true;
    queueMicrotask(() => {
      this.#flushScheduled = false;
      this.#flush();
    });
  }

  /** For `WebRtcTransport` only: its `pace` is to be called every few milliseconds as long as it returns true. */
  hurry(transport: WebRtcTransport): void {
    this.#hurried.add(transport);
    this.#pacing ??= setTimeout(() => this.#pace(), PACING_INTERVAL);
  }

  #pace(): void {
    this.#pacing = undefined;
    if (this.#closed) return;
    const now = this.now();
    const hurried = [...this.#hurried];
    this.#hurried.clear();
    this.#handling = true;
    for (const transport of hurried) {
      try {
        if (transport.pace(now)) this.hurry(transport);
      } catch (error) {
        this.#failed(transport, error);
      }
    }
    this.#handling = false;
    this.#flush();
  }

  #receive(count: number): void {
    const rx = this.wire.received;
    const now = this.now();
    this.#handling = true;
    for (let index = 0; index < count;) {
      const at = index * RX_WORDS;
      const kind = rx[at + RX.KIND];
      const last = kind === RxKind.RTP ? this.#endOfRun(index, count) : index + 1;
      const transport =
        kind === RxKind.STUN ? this.#transportOfStun(rx, at) : this.#bySession.get(rx[at + RX.SESSION]!);
      try {
        transport?.receive(rx, index, last, now);
      } catch (error) {
        this.#failed(transport, error);
      }
      index = last;
    }
    this.#handling = false;
    this.#flush();
  }

  /** Packets of one stream that came together are handled together: each subscriber gets them in one go. */
  #endOfRun(first: number, count: number): number {
    const rx = this.wire.received;
    const at = first * RX_WORDS;
    let last = first + 1;
    for (; last < count; last++) {
      const next = last * RX_WORDS;
      if (
        rx[next + RX.KIND] !== RxKind.RTP ||
        rx[next + RX.SSRC] !== rx[at + RX.SSRC] ||
        rx[next + RX.SESSION] !== rx[at + RX.SESSION]
      ) {
        break;
      }
    }
    return last;
  }

  /** By the user name, of which our fragment is the first half: the address may be new. */
  #transportOfStun(rx: Uint32Array, at: number): WebRtcTransport | undefined {
    const start = rx[at + RX.SLOT]! * SLOT_SIZE;
    const username =
      StunMessage.parse(this.wire.pool.subarray(start, start + rx[at + RX.LENGTH]!))?.username ?? '';
    const transport = this.#byUfrag.get(username.slice(0, Math.max(0, username.indexOf(':'))));
    if (!transport) this.counted.stunUnknownUsername += 1;
    return transport;
  }

  /** What one transport makes of its packets must not reach the others. */
  #failed(transport: WebRtcTransport | undefined, error: unknown): void {
    this.#onError(error);
    try {
      transport?.fail();
    } catch (further) {
      this.#onError(further);
    }
  }

  #flush(): void {
    if (this.#closed) return;
    for (const transport of this.#pending) {
      try {
        transport.writePending();
      } catch (error) {
        this.#failed(transport, error);
      }
    }
    this.#pending.clear();
    this.batch.flush();
  }
}

/** The 32 bytes of a fingerprint as SDP writes it: hex pairs with colons. Undefined if it is not SHA-256. */
export function parseFingerprint(algorithm: string, value: string): Uint8Array | undefined {
  if (algorithm.toLowerCase() !== 'sha-256' || !/^[0-9a-f]{2}(:[0-9a-f]{2}){31}$/i.test(value))
    return undefined;
  return Uint8Array.from(value.split(':'), (pair) => Number.parseInt(pair, 16));
}
