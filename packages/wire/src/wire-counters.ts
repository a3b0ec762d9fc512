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
