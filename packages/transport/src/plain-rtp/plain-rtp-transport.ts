import { RX, RX_WORDS, RxKind, SLOT_SIZE, type BoundSocket } from '@parley/wire';
import type { BandwidthControl } from '../congestion/index.js';
import {
  RtpSession,
  type RtcpProfile,
  type RtpReceiver,
  type RtpReceiverParameters,
  type RtpSender,
  type RtpSenderParameters,
  type RtpSessionContext,
} from '../rtp-session/index.js';
import type { ServedTransport } from '../server/served-transport.js';
import { Leg, type LegWire, type SdesKeys } from './leg.js';

/** `failed` only by a defect of the server: a peer that is silent may be on hold. */
export type PlainRtpState = 'new' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface PlainRtpObserver {
  onStateChange(state: PlainRtpState): void;
}

/** Where the peer's session description says that it is. */
export interface RemoteAddress {
  /** Numeric. */
  address: string;
  port: number;
  /** Where it has a port of its own for RTCP. Default the next one (RFC 3550 section 11). */
  rtcpPort?: number;
}

export interface PlainRtpParameters {
  /** Default: nothing is encrypted. */
  keys?: SdesKeys;
  /**
   * Numeric addresses that a peer without keys may turn out to send from, beside the one it says: that of its signalling,
   * if it is behind a NAT. One with keys may send from anywhere, as it shows who it is.
   */
  sources?: readonly string[];
  /** Default `AVP`. */
  profile?: RtcpProfile;
}

/** What a transport needs of its server. */
export interface PlainRtpContext extends RtpSessionContext {
  readonly wire: LegWire;
  /** Received packets of its sessions are the transport's. */
  attach(transport: PlainRtpTransport, session: number): void;
  detach(session: number): void;
  /** `handleTimeout` is to be called at this time, if not before. */
  expect(transport: PlainRtpTransport, deadline: number): void;
  /** The transport is closed. */
  forget(transport: PlainRtpTransport): void;
}

/** The sockets that it has to itself: the same one twice where RTCP comes to the port of RTP (RFC 5761). */
export interface PlainRtpSockets {
  readonly rtp: BoundSocket;
  readonly rtcp: BoundSocket;
}

/** Milliseconds of silence after which the peer counts as gone, until it is heard again. */
const SILENCE = 5_000;

/**
 * One peer of RTP without ICE and DTLS, as telephones and other servers speak it (RFC 3550): encrypted with keys that came
 * with signalling, or not at all.
 *
 * It sends to where the peer says it is, or where its first packet comes from, and is connected as soon as it knows that.
 * After a silence it looks for the peer anew. It does no I/O: the server gives it packets and the time.
 */
export class PlainRtpTransport implements ServedTransport {
  readonly #context: PlainRtpContext;
  readonly #observer: PlainRtpObserver;
  readonly #sockets: PlainRtpSockets;
  readonly #rtp: RtpSession;
  readonly #rtpLeg: Leg;
  readonly #rtcpLeg: Leg;
  #state: PlainRtpState = 'new';
  #heardAt = 0;

  /**
   * Made by `PlainRtpServer.createTransport`.
   * @throws RangeError as `setKeys`.
   */
  constructor(
    context: PlainRtpContext,
    sockets: PlainRtpSockets,
    parameters: PlainRtpParameters,
    observer: PlainRtpObserver,
  ) {
    const { keys, profile = 'AVP', sources = [] } = parameters;
    this.#context = context;
    this.#observer = observer;
    this.#sockets = sockets;
    const leg = (socket: BoundSocket) => new Leg(context.wire, socket.index, sources, keys);
    this.#rtpLeg = leg(sockets.rtp);
    try {
      this.#rtcpLeg = sockets.rtcp === sockets.rtp ? this.#rtpLeg : leg(sockets.rtcp);
    } catch (error) {
      this.#rtpLeg.close();
      throw error;
    }
    this.#rtp = new RtpSession(
      context,
      {
        onDeadline: (deadline) => {
          if (this.#isOpen) context.expect(this, deadline);
        },
      },
      profile,
    );
    this.#open();
  }

  /** Where it receives. */
  get port(): number {
    return this.#sockets.rtp.port;
  }

  /** Where it receives RTCP: the same port, or another. */
  get rtcpPort(): number {
    return this.#sockets.rtcp.port;
  }

  get state(): PlainRtpState {
    return this.#state;
  }

  /** What the path to the peer carries; undefined as long as the peer takes no part in finding out. */
  get bandwidth(): BandwidthControl | undefined {
    return this.#rtp.bandwidth;
  }

  /**
   * Where to send from now on; also to a peer that was silent.
   * @throws RangeError when the address is not numeric, or of another family than the sockets.
   */
  setRemote({ address, port, rtcpPort = port + 1 }: RemoteAddress): void {
    if (this.#isClosed) return;
    this.#rtpLeg.setRemote(address, port);
    if (this.#hasRtcpLeg) this.#rtcpLeg.setRemote(address, rtcpPort);
    this.#connected(this.#context.now());
  }

  /**
   * Keys of a new offer and answer, for both directions; undefined for none.
   * @throws RangeError when a key has not the size of its suite, or the server has no room for another session.
   */
  setKeys(keys: SdesKeys | undefined): void {
    if (this.#isClosed) return;
    this.#detach();
    try {
      this.#rtpLeg.setKeys(keys);
      if (this.#hasRtcpLeg) this.#rtcpLeg.setKeys(keys);
    } finally {
      this.#open();
    }
  }

  /** What the peer sends. */
  createReceiver(parameters: RtpReceiverParameters): RtpReceiver {
    return this.#rtp.createReceiver(parameters);
  }

  /** What the peer receives. */
  createSender(parameters: RtpSenderParameters): RtpSender {
    return this.#rtp.createSender(parameters);
  }

  /** Idempotent. The peer is told by RTCP. */
  close(): void {
    this.#end('closed');
  }

  /** For its server only: closes it because of an error. */
  fail(): void {
    this.#end('failed');
  }

  /** For its server only: received descriptors `first` to `last` (exclusive); several are one stream's RTP packets. */
  receive(rx: Uint32Array, first: number, last: number, now: number): void {
    const at = first * RX_WORDS;
    const leg = rx[at + RX.SESSION] === this.#rtpLeg.session ? this.#rtpLeg : this.#rtcpLeg;
    switch (rx[at + RX.KIND]) {
      case RxKind.RTP:
        if (leg !== this.#rtpLeg) {
          this.#context.counted.rtpUnknownStream += last - first;
          break;
        }
        this.#heard(leg, rx, at, now);
        this.#rtp.receiveRtp(rx, first, last, now);
        break;
      case RxKind.RTCP: {
        this.#heard(leg, rx, at, now);
        const start = rx[at + RX.SLOT]! * SLOT_SIZE;
        this.#rtp.receiveRtcp(this.#context.packets.pool.subarray(start, start + rx[at + RX.LENGTH]!), now);
        break;
      }
      default:
    }
  }

  /** For its server only: when `handleTimeout` has something to do; Infinity if nothing is due. */
  get deadline(): number {
    if (!this.#isOpen) return Infinity;
    return Math.min(this.#rtp.deadline, this.#state === 'connected' ? this.#heardAt + SILENCE : Infinity);
  }

  /** For its server only. */
  handleTimeout(now: number): void {
    if (!this.#isOpen) return;
    // Also to one that is silent: on hold it listens.
    if (now >= this.#rtp.deadline) this.#rtp.handleTimeout(now);
    if (this.#state !== 'connected' || now < this.#heardAt + SILENCE) return;
    // Its NAT may give it another port when it speaks again.
    this.#rtpLeg.latch();
    if (this.#hasRtcpLeg) this.#rtcpLeg.latch();
    this.#setState('disconnected');
  }

  /** For its server only: this thread stood still for so many milliseconds, in which it could hear nobody. */
  handleStall(milliseconds: number): void {
    this.#heardAt += milliseconds;
  }

  get #isOpen(): boolean {
    return this.#state === 'connected' || this.#state === 'disconnected';
  }

  get #isClosed(): boolean {
    return this.#state === 'closed' || this.#state === 'failed';
  }

  get #hasRtcpLeg(): boolean {
    return this.#rtcpLeg !== this.#rtpLeg;
  }

  #open(): void {
    this.#rtp.open(this.#rtpLeg.session, this.#rtcpLeg.session);
    this.#context.attach(this, this.#rtpLeg.session);
    if (this.#hasRtcpLeg) this.#context.attach(this, this.#rtcpLeg.session);
  }

  #detach(): void {
    this.#context.detach(this.#rtpLeg.session);
    if (this.#hasRtcpLeg) this.#context.detach(this.#rtcpLeg.session);
  }

  #heard(leg: Leg, rx: Uint32Array, at: number, now: number): void {
    leg.received(rx, at);
    const { path } = this.#rtpLeg;
    // RTCP on a port of its own does not tell where to send media.
    if (!path) return;
    if (!this.#rtcpLeg.path) this.#rtcpLeg.follow(path);
    this.#connected(now);
  }

  #connected(now: number): void {
    this.#heardAt = now;
    if (this.#state !== 'connected') this.#setState('connected');
  }

  #setState(state: PlainRtpState): void {
    this.#state = state;
    if (this.#isOpen) this.#context.expect(this, this.deadline);
    this.#observer.onStateChange(state);
  }

  #end(state: 'closed' | 'failed'): void {
    if (this.#isClosed) return;
    if (this.#isOpen) {
      this.#rtp.writeGoodbye(this.#context.now());
      this.#context.batch.flush();
    }
    this.#rtp.close();
    this.#detach();
    this.#rtpLeg.close();
    if (this.#hasRtcpLeg) this.#rtcpLeg.close();
    this.#context.forget(this);
    this.#setState(state);
  }
}
