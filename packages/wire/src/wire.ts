export interface WireOptions {
  /** UDP port for all sessions; 0 picks a free one (the same for IPv4 and IPv6). */
  port: number;
  /** Addresses to bind. Default `['0.0.0.0', '::']`; an address family that the machine lacks is left out. */
  addresses?: readonly string[];
  /** Slots in the packet pool. Default 16 384 (24 MiB). */
  slots?: number;
  /** Sessions at most. Default 8 192. */
  maxSessions?: number;
  /** Called once per received batch, with the number of descriptors in `received`. */
  onBatch: (count: number) => void;
}

export interface SessionOptions {
  /** `server` waits for the ClientHello (an ICE-lite answerer's `a=setup:passive`), `client` sends it. */
  role: 'client' | 'server';
  /** SHA-256 fingerprint of the peer's certificate, from its SDP: 32 bytes. */
  remoteFingerprint: Uint8Array;
}

/**
 * One UDP port for all sessions of a process: batched receive and send, DTLS 1.2 and SRTP.
 *
 * All packets pass through memory that native code and TypeScript share: a batch of received packets costs one call
 * into TypeScript, a batch of packets to send one call of `flush`. Layout: `layout.ts`.
 */
export declare class Wire {
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

  constructor(options: WireOptions);
  /** A new session without a path; throws a RangeError when `maxSessions` are open. */
  openSession(options: SessionOptions): number;
  /** Sends to, and receives from, this path only. `path` is `PATH_WORDS` words, as received. A client handshakes at once. */
  setPath(session: number, path: Uint32Array): void;
  /** Says close_notify, forgets keys and path. Idempotent. */
  closeSession(session: number): void;
  /** Sends the first `count` descriptors of `outgoing`. One call per batch. */
  flush(count: number): void;
  /** Gives back a slot that was kept. */
  release(slot: number): void;
  /** Retransmits DTLS flights that are due; call every 50 ms or so. */
  tick(): void;
  /** Counters since the start, by name: see `WireCounters`. */
  counters(): WireCounters;
  /** Builds the path to an address, for clients (tests, load generators). */
  pathTo(address: string, port: number): Uint32Array;
  close(): void;
}

/** What happened to packets; every one that is dropped is counted under its reason. */
export interface WireCounters {
  packetsReceived: number;
  bytesReceived: number;
  packetsSent: number;
  bytesSent: number;
  /** System calls that sent something: packetsSent / sendCalls tells how well batching works. */
  sendCalls: number;
  /** Not STUN, DTLS, RTP or RTCP by RFC 7983, or a malformed header. */
  droppedMalformed: number;
  /** Not STUN, from an address that is no session's path. */
  droppedUnknownAddress: number;
  /** RTP or RTCP before the keys are there, or after they are gone. */
  droppedNoKeys: number;
  /** SRTP or SRTCP authentication failed. */
  droppedAuthentication: number;
  /** SRTP or SRTCP replayed, or older than the replay window. */
  droppedReplay: number;
  /** A session with more SSRCs than it may have. */
  droppedTooManySsrcs: number;
  /** No free slot in the pool. */
  droppedNoSlot: number;
  /** The kernel refused a send (buffer full, unreachable). */
  droppedSend: number;
  dtlsHandshakes: number;
  dtlsFailures: number;
}
