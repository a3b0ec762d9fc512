import type { WireCounters } from './wire-metrics.js';
import {
  SRTP_AEAD_AES_128_GCM,
  type SRTP_AEAD_AES_256_GCM,
  type SRTP_AES128_CM_SHA1_32,
  SRTP_AES128_CM_SHA1_80,
  TX_WORDS,
} from './layout.js';
import { type NativeWire, loadAddon } from './native.js';

export interface WireOptions {
  /** UDP port for all sessions; 0 picks a free one (the same for IPv4 and IPv6). */
  port: number;
  /**
   * Addresses to bind, numeric. Default `['0.0.0.0', '::']`; an address whose family the machine lacks is left out.
   */
  addresses?: readonly string[];
  /** Slots in the packet pool. Default 16 384 (24 MiB, of which only what is used takes memory). */
  slots?: number;
  /** Sessions at most, up to 65 535. Default 8 192. */
  maxSessions?: number;
  /** SRTP profiles to offer and accept, best first. Default AEAD_AES_128_GCM, then AES_CM_128_HMAC_SHA1_80. */
  srtpProfiles?: readonly SrtpProfile[];
  /**
   * Shares the port with the wires of other threads of this process that have the same port and addresses and another
   * prefix: the character that all ICE user name fragments of this wire begin with (RFC 8839 section 5.4: a letter, a
   * digit, `+` or `/`). Whichever socket the kernel gives a datagram to, it comes to the wire that has its sender's path,
   * an ICE check to the one whose prefix it names. Default: the port is this wire's alone.
   */
  ufragPrefix?: string;
  /** Called once per received batch, with the number of descriptors in `received`. */
  onBatch: (count: number) => void;
}

export type SrtpProfile = typeof SRTP_AEAD_AES_128_GCM | typeof SRTP_AES128_CM_SHA1_80;

/** What SDES may name (RFC 4568 section 6.2, RFC 7714 section 14.1). */
export type SrtpSuite = SrtpProfile | typeof SRTP_AES128_CM_SHA1_32 | typeof SRTP_AEAD_AES_256_GCM;

/** A session sends and receives the same descriptors whatever its kind is; `DATA` and `STATE` are those of DTLS alone. */
export type SessionOptions = DtlsSessionOptions | SdesSessionOptions | PlainSessionOptions;

/** Keys come from a handshake over the session's path (RFC 5764). */
export interface DtlsSessionOptions {
  kind?: 'dtls';
  /** `server` waits for the ClientHello (an ICE-lite answerer's `a=setup:passive`), `client` sends it. */
  role: 'client' | 'server';
  /** SHA-256 fingerprint of the peer's certificate, from its SDP: 32 bytes. */
  remoteFingerprint: Uint8Array;
}

/** Keys came with signalling (RFC 4568): SRTP flows as soon as there is a path. */
export interface SdesSessionOptions {
  kind: 'sdes';
  suite: SrtpSuite;
  /** Master key followed by master salt, as a=crypto has them in base64: what this side encrypts with. */
  localKey: Uint8Array;
  /** The peer's, likewise. */
  remoteKey: Uint8Array;
}

/** RTP and RTCP as they are, for phones that encrypt nothing. */
export interface PlainSessionOptions {
  kind: 'plain';
}

/** A socket besides those of the wire's port. */
export interface BoundSocket {
  /** As in word 0 of paths. */
  index: number;
  port: number;
}

/** For `pathTo`: the first socket of the address's family. */
const ANY_SOCKET = 0xffff_ffff;
const DEFAULT_ADDRESSES = ['0.0.0.0', '::'];
const DEFAULT_SLOTS = 16_384;
const DEFAULT_MAX_SESSIONS = 8_192;
const MAX_SESSIONS = 65_535;
/** Slot numbers and offsets stay far within 32 bits. */
const MAX_SLOTS = 1 << 20;

/**
 * One UDP port for all sessions of a thread, or of several threads that share it: batched receive and send, DTLS 1.2 and SRTP.
 *
 * All packets pass through memory that native code and TypeScript share: a batch of received packets costs one call
 * into TypeScript, a batch of packets to send one call of `flush`. Layout: `layout.ts`.
 *
 * An open wire keeps its thread alive, as a `node:dgram` socket does. After `close`, calls do nothing, except that
 * `openSession` throws; the shared memory stays readable.
 */
export class Wire {
  /** `slots * SLOT_SIZE` bytes. */
  readonly pool: Uint8Array;
  /** Received descriptors, `RX_WORDS` each; valid during `onBatch`. */
  readonly received: Uint32Array;
  /** Descriptors to send, `TX_WORDS` each. */
  readonly outgoing: Uint32Array;
  /** How many descriptors `outgoing` holds. */
  readonly outgoingCapacity: number;
  /** Bytes that TypeScript wants sent: STUN, RTCP, SCTP, whole RTP packets. */
  readonly scratch: Uint8Array;
  /** Port bound. */
  readonly port: number;
  /** SHA-256 fingerprint of the own certificate, as in SDP: upper-case hex pairs with colons. */
  readonly fingerprint: string;
  /** The same as 32 bytes, as `SessionOptions.remoteFingerprint` of the peer wants it. */
  readonly fingerprintBytes: Uint8Array;

  readonly #native: NativeWire;

  /**
   * Binds the port and generates a certificate. Throws a RangeError for an option out of range, an Error if the port
   * cannot be bound.
   */
  constructor(options: WireOptions) {
    const {
      port,
      addresses = DEFAULT_ADDRESSES,
      slots = DEFAULT_SLOTS,
      maxSessions = DEFAULT_MAX_SESSIONS,
    } = options;
    const profiles = options.srtpProfiles ?? [SRTP_AEAD_AES_128_GCM, SRTP_AES128_CM_SHA1_80];
    requireRange('port', port, 0, 65_535);
    requireRange('slots', slots, 1, MAX_SLOTS);
    requireRange('maxSessions', maxSessions, 1, MAX_SESSIONS);
    if (profiles.length === 0) throw new RangeError('srtpProfiles must name at least one profile');
    if (options.ufragPrefix !== undefined && !/^[a-z\d+/]$/i.test(options.ufragPrefix))
      throw new RangeError('ufragPrefix must be a letter, a digit, + or /');

    const addon = loadAddon();
    this.#native = new addon.NativeWire(
      port,
      addresses,
      slots,
      maxSessions,
      Uint16Array.from(profiles),
      options.onBatch,
      options.ufragPrefix?.charCodeAt(0) ?? 0,
    );
    this.pool = this.#native.pool;
    this.received = this.#native.received;
    this.outgoing = this.#native.outgoing;
    this.outgoingCapacity = this.outgoing.length / TX_WORDS;
    this.scratch = this.#native.scratch;
    this.port = this.#native.port;
    this.fingerprintBytes = this.#native.fingerprint;
    this.fingerprint = Array.from(this.fingerprintBytes, (byte) =>
      byte.toString(16).padStart(2, '0').toUpperCase(),
    ).join(':');
  }

  /**
   * A new session without a path. Its number is opaque and does not come back soon after the session was closed.
   * Throws a RangeError when `maxSessions` are open, or the fingerprint or a key has not the size it must have.
   */
  openSession(options: SessionOptions): number {
    switch (options.kind) {
      case 'sdes':
        return this.#native.openSdesSession(options.suite, options.localKey, options.remoteKey);
      case 'plain':
        return this.#native.openPlainSession();
      default:
        return this.#native.openDtlsSession(options.role === 'client', options.remoteFingerprint);
    }
  }

  /**
   * Binds one more UDP socket, which is this wire's alone, to a numeric address and a port (0 picks a free one): a phone
   * is given a port of its own. Of all that comes to it only STUN and what belongs to a session of its own is received.
   * At most 256 sockets are open. Throws an Error if it cannot be bound, with the code EADDRINUSE if others have the port.
   */
  bindSocket(address: string, port: number): BoundSocket {
    requireRange('port', port, 0, 65_535);
    return this.#native.bindSocket(address, port);
  }

  /** Frees the port; sessions over this socket have no path any more. Throws a RangeError for any other socket. */
  closeSocket(socket: number): void {
    this.#native.closeSocket(socket);
  }

  /**
   * The session's peer is where the next valid packet over this socket comes from: a phone behind a NAT sends from another
   * address than it tells. SDES sessions take an authentic packet only; for plain ones any RTP or RTCP will do, which
   * whoever knows the port can send: name the addresses that it may come from. Ends with the first such packet, be it from
   * the session's path; what it carried says the new path. A socket has one such session, the latest. Throws a RangeError
   * for a DTLS session, an unknown socket, or a source that is no address.
   *
   * @param sources Numeric addresses, of any port; default all.
   */
  latch(session: number, socket: number, sources?: readonly string[]): void {
    this.#native.latch(session, socket, sources === undefined, sources ?? []);
  }

  /**
   * Sends to, and receives from, this path only. `path` is `PATH_WORDS` words, as received or from `pathTo`. A client
   * handshakes at once. Called again it moves the session (an ICE restart), keys and all; a session that had this
   * remote address before loses it. Throws a RangeError for a session that is not open or a path of another wire.
   */
  setPath(session: number, path: Uint32Array): void {
    this.#native.setPath(session, path);
  }

  /** Says close_notify, forgets keys and path. Idempotent. */
  closeSession(session: number): void {
    this.#native.closeSession(session);
  }

  /**
   * Sends the first `count` descriptors of `outgoing`, in order. One call per batch. Neighbouring packets of one
   * session and one size leave in one piece, so write all packets to one session before those to the next. An RTP
   * sequence number may be sent again only with the same bytes, and SRTP's rollover counter follows from the sequence
   * numbers, which therefore must not jump by 32 768 or more.
   */
  flush(count: number): void {
    this.#native.flush(count);
  }

  /** Gives back a slot that was kept. Throws a RangeError if it was not, or was given back before. */
  release(slot: number): void {
    this.#native.release(slot);
  }

  /** Retransmits DTLS flights that are due; call every 50 ms or so. */
  handleTimeout(): void {
    this.#native.tick();
  }

  /** Counters since the start, by name: see `WireCounters`. */
  counters(): WireCounters {
    return this.#native.counters();
  }

  /**
   * Builds the path to a numeric address, from the first socket of its family or from this one. Throws a RangeError if
   * that is no address of a family that is bound.
   */
  pathTo(address: string, port: number, socket = ANY_SOCKET): Uint32Array {
    return this.#native.pathTo(address, port, socket);
  }

  /** Closes all sessions and the port. Idempotent. */
  close(): void {
    this.#native.close();
  }
}

function requireRange(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
  }
}
