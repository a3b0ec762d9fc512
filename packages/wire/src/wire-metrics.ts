import { counter, type MetricValues, type NumberDeclaration } from '@parley/core';

/** Packets that are dropped, here or by what is above the wire: every one is counted under its reason. */
export function packetsDropped(reason: string): NumberDeclaration {
  return counter('parley_packets_dropped_total', 'UDP packets dropped, by reason', { reason });
}

/** What happened to packets. */
export const wireMetrics = {
  /** Datagrams, valid or not. */
  packetsReceived: counter('parley_packets_received_total', 'UDP packets received'),
  bytesReceived: counter('parley_bytes_received_total', 'Bytes received over UDP'),
  packetsSent: counter('parley_packets_sent_total', 'UDP packets sent'),
  bytesSent: counter('parley_bytes_sent_total', 'Bytes sent over UDP'),
  /** packetsSent / sendCalls tells how well batching works. */
  sendCalls: counter('parley_send_calls_total', 'System calls that sent packets'),
  packetsHandedOver: counter(
    'parley_packets_handed_over_total',
    'UDP packets given to the media thread that they belong to by the one whose socket they came to',
  ),
  /** Not STUN, DTLS, RTP or RTCP by RFC 7983, or a malformed header. */
  droppedMalformed: packetsDropped('malformed'),
  /** Received, longer than a slot. */
  droppedTooLong: packetsDropped('too-long'),
  /** Not STUN, from an address that is no session's path, of any wire that shares the port. */
  droppedUnknownAddress: packetsDropped('unknown-address'),
  /** RTP, RTCP or data in either direction before the keys are there, or after they are gone. */
  droppedNoKeys: packetsDropped('no-keys'),
  /** SRTP or SRTCP authentication failed. */
  droppedAuthentication: packetsDropped('authentication'),
  /** SRTP or SRTCP replayed, or older than the replay window. */
  droppedReplay: packetsDropped('replay'),
  /** A session with more SSRCs than it may have: 1 024 received, 16 384 sent. */
  droppedTooManySsrcs: packetsDropped('too-many-ssrcs'),
  /** No free slot in the pool. */
  droppedNoSlot: packetsDropped('no-slot'),
  /** A send descriptor that names no open session with a path, or bytes that are not there. */
  droppedInvalidDescriptor: packetsDropped('invalid-descriptor'),
  /** The kernel refused a send (buffer full, unreachable). */
  droppedSend: packetsDropped('send'),
  /** Datagrams for the wire of another thread, which has not kept up with what it was given. */
  droppedMailboxFull: packetsDropped('mailbox-full'),
  /** From a session's path. OpenSSL drops what is not authentic without telling. */
  dtlsPacketsReceived: counter('parley_dtls_packets_received_total', 'DTLS packets received'),
  dtlsHandshakes: counter('parley_dtls_handshakes_total', 'DTLS handshakes completed'),
  dtlsFailures: counter('parley_dtls_failures_total', 'DTLS handshakes failed'),
};

export type WireCounters = MetricValues<typeof wireMetrics>;
