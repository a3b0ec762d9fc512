import { createCounters, DeadlineQueue } from '@parley/core';
import { RX, RX_WORDS, RxKind, SLOT_SIZE, Wire } from '@parley/wire';
import { KeptPackets } from '../rtp-session/kept-packets.js';
import type { RtpSessionContext } from '../rtp-session/rtp-session.js';
import { SendBatch } from '../rtp-session/send-batch.js';
import { readUsername } from '../stun/index.js';
import type { ServedTransport } from './served-transport.js';
import {
  transportMetrics,
  type TransportCounters,
  type TransportServerCounters,
} from './transport-metrics.js';
import { WakeTimer } from './wake-timer.js';

export interface TransportServerOptions {
  /** UDP port for all of WebRTC; 0 picks a free one. */
  port: number;
  /** Addresses to bind; default all. */
  addresses?: readonly string[];
  /** Shares the port with the servers of other threads, each with a character of its own; see `WireOptions`. */
  ufragPrefix?: string;
  /** RTP packets that one peer may send in a second; twice as many at once. Default 3,000. */
  packetsPerSecond?: number;
  /** Transports at once, 65,535 at most. Default 8,192. */
  maxTransports?: number;
  /** Monotonic time in milliseconds. */
  now: () => number;
  /** Cryptographically strong random bytes. */
  random: (bytes: number) => Uint8Array;
  /** A transport's handling of a packet threw; the transport is closed as failed. */
  onError: (error: unknown) => void;
}

/** Slots of the packet pool, 96 MiB, of which only what is used takes memory; and how many histories may keep. */
const SLOTS = 65_536;
const MAX_KEPT = (3 * SLOTS) / 4;
/** About 29 Mbit/s of full packets: a screen in 4K and a camera in three layers. */
const PACKETS_PER_SECOND = 3_000;

/** A transport is not looked at again before so many milliseconds, unless something comes in. */
const RESOLUTION = 5;
/** Milliseconds between two looks at DTLS handshakes that wait for their peers. */
const HANDSHAKE_INTERVAL = 50;
/** Milliseconds in which nothing was done here, after which this thread must have stood still. */
const STALL = 2_500;

/**
 * All transports of a thread, of every kind: gives each received packet to its transport and sends what they wrote. The edge
 * between the wire, which does I/O, and the transports, which are fed and asked. `WebRtcServer` and `PlainRtpServer` make
 * them.
 */
export class TransportServer {
  readonly wire: Wire;
  readonly counted: TransportCounters = createCounters(transportMetrics);
  /** What is the same for all transports. */
  readonly context: RtpSessionContext & { readonly counted: TransportCounters };
  /** What user name fragments of ICE begin with here. */
  readonly ufragPrefix: string;
  readonly #now: () => number;
  readonly #batch: SendBatch;
  readonly #onError: (error: unknown) => void;
  readonly #transports = new Set<ServedTransport>();
  readonly #bySession = new Map<number, ServedTransport>();
  readonly #byUfrag = new Map<string, ServedTransport>();
  /** Transports with something to send that is not in the batch yet. */
  readonly #pending = new Set<ServedTransport>();
  /** When transports have something to do. */
  readonly #deadlines = new DeadlineQueue<ServedTransport>();
  /** Sessions whose DTLS handshake is not over. */
  readonly #handshakes = new Set<number>();
  #handshakesAt = 0;
  readonly #timer: WakeTimer;
  /** When this thread last did something here. */
  #activeAt: number;
  #flushScheduled = false;
  #handling = false;
  #closed = false;

  constructor(options: TransportServerOptions) {
    const {
      addresses,
      maxTransports,
      now,
      onError,
      packetsPerSecond = PACKETS_PER_SECOND,
      port,
      random,
      ufragPrefix,
    } = options;
    this.ufragPrefix = ufragPrefix ?? '';
    this.#now = now;
    this.#activeAt = now();
    this.#onError = onError;
    this.wire = new Wire({
      port,
      slots: SLOTS,
      ...(addresses && { addresses }),
      ...(ufragPrefix !== undefined && { ufragPrefix }),
      ...(maxTransports !== undefined && { maxSessions: maxTransports }),
      onBatch: (count) => this.#receive(count),
    });
    this.#batch = new SendBatch(this.wire);
    this.context = {
      packets: new KeptPackets(this.wire, MAX_KEPT),
      batch: this.#batch,
      counted: this.counted,
      packetsPerSecond,
      now,
      random,
    };
    this.#timer = new WakeTimer(() => this.handleTimeout(this.#now()));
    this.#arm(this.#activeAt);
  }

  /** Serves it until `forget`. */
  add(transport: ServedTransport): void {
    this.#transports.add(transport);
  }

  /** Packets of this session of the wire are the transport's. */
  attach(transport: ServedTransport, session: number): void {
    this.#bySession.set(session, transport);
  }

  detach(session: number): void {
    this.#bySession.delete(session);
    this.#handshakes.delete(session);
  }

  /** Connectivity checks with this user name fragment are the transport's. */
  registerUfrag(transport: ServedTransport, ufrag: string): void {
    this.#byUfrag.set(ufrag, transport);
  }

  unregisterUfrag(ufrag: string): void {
    this.#byUfrag.delete(ufrag);
  }

  /** A session has its DTLS handshake before it. */
  handshakeBegins(session: number): void {
    this.#handshakes.add(session);
    this.#arm(this.#now());
  }

  /** It is over, one way or the other. */
  handshakeEnded(session: number): void {
    this.#handshakes.delete(session);
  }

  /** The transport has something to send: `writePending` is called at the end of what is being handled, or very soon. */
  schedule(transport: ServedTransport): void {
    this.#pending.add(transport);
    if (this.#handling || this.#flushScheduled || this.#closed) return;
    this.#flushScheduled = true;
    queueMicrotask(() => {
      this.#flushScheduled = false;
      this.#flush();
    });
  }

  /** `handleTimeout` of the transport is to be called at this time, if not before. */
  expect(transport: ServedTransport, deadline: number): void {
    this.#deadlines.lower(transport, deadline);
    if (!this.#handling) this.#arm(this.#now());
  }

  /** The transport is closed. */
  forget(transport: ServedTransport): void {
    this.#transports.delete(transport);
    this.#pending.delete(transport);
    this.#deadlines.delete(transport);
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
      this.wire.handleTimeout();
    }
    this.#handleDue(now);
    this.#handling = false;
    this.#flush();
    this.#arm(now);
  }

  counters(): TransportServerCounters {
    return { ...this.wire.counters(), ...this.counted };
  }

  /** Closes every transport and the port. Idempotent. */
  close(): void {
    if (this.#closed) return;
    for (const transport of [...this.#transports]) transport.close();
    this.#flush();
    this.#closed = true;
    this.#timer.close();
    this.wire.close();
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

  /** For what is due first. */
  #arm(now: number): void {
    const handshakesAt = this.#handshakes.size > 0 ? this.#handshakesAt : Infinity;
    this.#timer.arm(Math.min(this.#deadlines.next, handshakesAt), now);
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
        if (transport) transport.receive(rx, index, last, now);
        else if (kind !== RxKind.STUN && kind !== RxKind.STATE) this.counted.transportClosed += last - index;
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
  #transportOfStun(rx: Uint32Array, at: number): ServedTransport | undefined {
    const start = rx[at + RX.SLOT]! * SLOT_SIZE;
    const username = readUsername(this.wire.pool.subarray(start, start + rx[at + RX.LENGTH]!)) ?? '';
    const transport = this.#byUfrag.get(username.slice(0, Math.max(0, username.indexOf(':'))));
    if (!transport) this.counted.stunUnknownUsername += 1;
    return transport;
  }

  /** What one transport makes of its packets must not reach the others. */
  #failed(transport: ServedTransport | undefined, error: unknown): void {
    this.#onError(error);
    this.counted.transportFailures += 1;
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
        transport.writePending?.();
      } catch (error) {
        this.#failed(transport, error);
      }
    }
    this.#pending.clear();
    this.#batch.flush();
  }
}
