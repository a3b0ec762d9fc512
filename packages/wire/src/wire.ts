import { SRTP_AEAD_AES_128_GCM, SRTP_AES128_CM_SHA1_80, TX_WORDS } from './layout.js';
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

export interface SessionOptions {
  /** `server` waits for the ClientHello (an ICE-lite answerer's `a=setup:passive`), `client` sends it. */
  role: 'client' | 'server';
  /** SHA-256 fingerprint of the peer's certificate, from its SDP: 32 bytes. */
  remoteFingerprint: Uint8Array;
}

/** What happened to packets; every one that is dropped is counted under its reason. */
export interface WireCounters {
  /** Datagrams, valid or not. */
  packetsReceived: number;
  bytesReceived: number;
  packetsSent: number;
  bytesSent: number;
  /** System calls that sent something: packetsSent / sendCalls tells how well batching works. */
  sendCalls: number;
  /** Datagrams received, and given to the wire of another thread that they belong to. */
  packetsHandedOver: number;
  /** Not STUN, DTLS, RTP or RTCP by RFC 7983, or a malformed header. */
  droppedMalformed: number;
  /** Received, longer than a slot. */
  droppedTooLong: number;
  /** Not STUN, from an address that is no session's path, of any wire that shares the port. */
  droppedUnknownAddress: number;
  /** RTP, RTCP or data in either direction before the keys are there, or after they are gone. */
  droppedNoKeys: number;
  /** SRTP or SRTCP authentication failed. */
  droppedAuthentication: number;
  /** SRTP or SRTCP replayed, or older than the replay window. */
  droppedReplay: number;
  /** A session with more SSRCs than it may have: 1 024 received, 16 384 sent. */
  droppedTooManySsrcs: number;
  /** No free slot in the pool. */
  droppedNoSlot: number;
  /** A send descriptor that names no open session with a path, or bytes that are not there. */
  droppedInvalidDescriptor: number;
  /** The kernel refused a send (buffer full, unreachable). */
  droppedSend: number;
  /** Datagrams for the wire of another thread, which has not kept up with what it was given. */
  droppedMailboxFull: number;
  /** DTLS datagrams from a session's path. OpenSSL drops what is not authentic without telling. */
  dtlsPacketsReceived: number;
  dtlsHandshakes: number;
  dtlsFailures: number;
}

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
   * Throws a RangeError when `maxSessions` are open or the fingerprint has not 32 bytes.
   */
  openSession(options: SessionOptions): number {
    return this.#native.openSession(options.role === 'client', options.remoteFingerprint);
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
  tick(): void {
    this.#native.tick();
  }

  /** Counters since the start, by name: see `WireCounters`. */
  counters(): WireCounters {
    return this.#native.counters();
  }

  /**
   * Builds the path to a numeric address, for clients (tests, load generators). Throws a RangeError if that is no
   * address of a family that is bound.
   */
  pathTo(address: string, port: number): Uint32Array {
    return this.#native.pathTo(address, port);
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
