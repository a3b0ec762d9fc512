import { createCounters, DeadlineQueue } from '@parley/core';
import { RX, RX_WORDS, RxKind, SLOT_SIZE, Wire } from '@parley/wire';
import { hostCandidates, type HostCandidate } from '../ice/index.js';
import { KeptPackets } from '../rtp-session/kept-packets.js';
import { SendBatch } from '../rtp-session/send-batch.js';
import { readUsername } from '../stun/index.js';
import { webRtcMetrics, type WebRtcServerCounters } from './web-rtc-metrics.js';
import {
  WebRtcTransport,
  type WebRtcTransportContext,
  type WebRtcTransportObserver,
} from './web-rtc-transport.js';

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

/** Slots of the packet pool, 96 MiB, of which only what is used takes memory; and how many histories may keep. */
const SLOTS = 65_536;
const MAX_KEPT = (3 * SLOTS) / 4;
/** About 29 Mbit/s of full packets: a screen in 4K and a camera in three layers. */
const PACKETS_PER_SECOND = 3_000;

/** A transport is not looked at again before so many milliseconds, unless something comes in. */
const RESOLUTION = 5;
/** What is due later than that is done in steps of so many milliseconds: one wake-up for all transports instead of one for each. */
const SOON = 10;
/** Milliseconds between two looks at DTLS handshakes that wait for their peers. */
const HANDSHAKE_INTERVAL = 50;
/** Milliseconds after which a timer fires though nothing is due, and after which this thread must have stood still. */
const PULSE = 1_000;
const STALL = 2_500;

/**
 * All WebRTC transports of a thread behind one UDP port: gives each received packet to its transport and sends what
 * they wrote. The edge between the wire, which does I/O, and the transports, which are fed and asked.
 */
export class WebRtcServer {
  readonly wire: Wire;
  readonly counted = createCounters(webRtcMetrics);
  readonly #now: () => number;
  readonly #batch: SendBatch;
  readonly #context: WebRtcTransportContext;
  readonly #onError: (error: unknown) => void;
  readonly #tcp: boolean;
  #candidates: readonly HostCandidate[] = [];
  readonly #transports = new Set<WebRtcTransport>();
  readonly #bySession = new Map<number, WebRtcTransport>();
  readonly #byUfrag = new Map<string, WebRtcTransport>();
  /** Transports with something to send that is not in the batch yet. */
  readonly #pending = new Set<WebRtcTransport>();
  /** When transports have something to do. */
  readonly #deadlines = new DeadlineQueue<WebRtcTransport>();
  /** Sessions whose DTLS handshake is not over. */
  readonly #handshakes = new Set<number>();
  #handshakesAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;
  /** When this thread last did something here. */
  #activeAt: number;
  #flushScheduled = false;
  #handling = false;
  #closed = false;

  constructor(options: WebRtcServerOptions) {
    this.#now = options.now;
    this.#activeAt = options.now();
    this.#onError = options.onError;
    this.wire = new Wire({
      port: options.port,
      slots: SLOTS,
      ...(options.addresses && { addresses: options.addresses }),
      ...(options.ufragPrefix !== undefined && { ufragPrefix: options.ufragPrefix }),
      onBatch: (count) => this.#receive(count),
    });
    this.#batch = new SendBatch(this.wire);
    this.#context = this.#transportContext(options);
    this.#tcp = options.tcp ?? false;
    this.advertise(options.candidates);
    this.#arm(this.#activeAt);
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
    const transport = new WebRtcTransport(this.#context, observer);
    this.#transports.add(transport);
    return transport;
  }

  /**
   * Retransmissions, feedback, reports, consent: of the transports for which something is due. The server calls it by itself;
   * tests may, with a clock of their own.
   */
  handleTimeout(now: number): void {
    this.#handling = true;
    this.#notice(now);
    if (this.#handshakes.size > 0 && now >= this.#handshakesAt) {
      this.#handshakesAt = now + HANDSHAKE_INTERVAL;
      this.wire.tick();
    }
    this.#handleDue(now);
    this.#handling = false;
    this.#flush();
    this.#arm(now);
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
    clearTimeout(this.#timer);
    this.wire.close();
  }

  #transportContext({ now, random, ufragPrefix = '', packetsPerSecond }: WebRtcServerOptions) {
    const context: WebRtcTransportContext = {
      packets: new KeptPackets(this.wire, MAX_KEPT),
      batch: this.#batch,
      counted: this.counted,
      packetsPerSecond: packetsPerSecond ?? PACKETS_PER_SECOND,
      now,
      random,
      ufragPrefix,
      registerUfrag: (ufrag, transport) => this.#byUfrag.set(ufrag, transport),
      unregisterUfrag: (ufrag) => this.#byUfrag.delete(ufrag),
      openSession: (transport, role, remoteFingerprint) => {
        const session = this.wire.openSession({ role, remoteFingerprint });
        this.#bySession.set(session, transport);
        this.#handshakes.add(session);
        this.#arm(now());
        return session;
      },
      setPath: (session, path) => this.wire.setPath(session, path),
      schedule: (transport) => this.#schedule(transport),
      expect: (transport, deadline) => {
        this.#deadlines.lower(transport, deadline);
        if (!this.#handling) this.#arm(this.#now());
      },
      handshakeEnded: (session) => this.#handshakes.delete(session),
      forget: (transport, session) => this.#forget(transport, session),
    };
    return context;
  }

  #forget(transport: WebRtcTransport, session: number): void {
    this.#transports.delete(transport);
    this.#pending.delete(transport);
    this.#deadlines.delete(transport);
    this.#handshakes.delete(session);
    if (this.#bySession.get(session) === transport) {
      this.#bySession.delete(session);
      this.wire.closeSession(session);
    }
  }

  #schedule(transport: WebRtcTransport): void {
    this.#pending.add(transport);
    if (this.#handling || this.#flushScheduled || this.#closed) return;
    this.#flushScheduled = true;
    queueMicrotask(() => {
      this.#flushScheduled = false;
      this.#flush();
    });
  }

  /** Transports that may have been sent to while this thread stood still are not to be blamed for their silence. */
  #notice(now: number): void {
    const elapsed = now - this.#activeAt;
    this.#activeAt = now;
    if (elapsed < STALL) return;
    for (const transport of this.#transports) {
      transport.handleStall(elapsed);
      this.#deadlines.set(transport, transport.deadline);
    }
  }

  #handleDue(now: number): void {
    for (;;) {
      const transport = this.#deadlines.takeDue(now);
      if (!transport) return;
      try {
        transport.handleTimeout(now);
      } catch (error) {
        this.#failed(transport, error);
      }
      if (this.#transports.has(transport))
        this.#deadlines.lower(transport, Math.max(transport.deadline, now + RESOLUTION));
    }
  }

  /** One timer for all: for what is due first. */
  #arm(now: number): void {
    if (this.#closed) return;
    const handshakesAt = this.#handshakes.size > 0 ? this.#handshakesAt : Infinity;
    const next = Math.min(this.#deadlines.next, handshakesAt, now + PULSE);
    const due = next < now + SOON ? next : Math.ceil(next / SOON) * SOON;
    if (due >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = due;
    this.#timer = setTimeout(
      () => {
        this.#timerAt = Infinity;
        this.handleTimeout(this.#now());
      },
      Math.max(0, Math.ceil(due - now)),
    );
  }

  #receive(count: number): void {
    const rx = this.wire.received;
    const now = this.#now();
    this.#handling = true;
    this.#notice(now);
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
    this.#handleDue(now);
    this.#handling = false;
    this.#flush();
    this.#arm(now);
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
    const username = readUsername(this.wire.pool.subarray(start, start + rx[at + RX.LENGTH]!)) ?? '';
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
    this.#batch.flush();
  }
}
