import { counter, countersBy, gauge, type MetricValues } from '@parley/core';

/** What passed through connections. */
export const tcpTrafficMetrics = {
  packetsReceived: counter('parley_tcp_packets_received_total', 'Media packets received over TCP'),
  bytesReceived: counter('parley_tcp_bytes_received_total', 'Bytes received over TCP for media'),
  packetsSent: counter('parley_tcp_packets_sent_total', 'Media packets sent over TCP'),
  bytesSent: counter('parley_tcp_bytes_sent_total', 'Bytes sent over TCP for media'),
  droppedSlowReader: counter(
    'parley_tcp_packets_dropped_total',
    'Media packets that a client over TCP read too slowly to be sent',
  ),
  pauses: counter(
    'parley_tcp_pauses_total',
    'Times that a client over TCP sent too much and was not read from for a while',
  ),
};

/** What the relay counts. */
export const tcpCounterMetrics = {
  ...tcpTrafficMetrics,
  accepted: counter('parley_tcp_connections_total', 'TCP connections for media that were taken'),
  /** The system refuses when it is out of open files, mostly. */
  refused: countersBy(
    'parley_tcp_connections_refused_total',
    'TCP connections for media that were too many: in all, of one address, in a second or for the system',
    'limit',
    ['total', 'address', 'rate', 'system'],
  ),
  /** `peer` if the client ended it. */
  closed: countersBy(
    'parley_tcp_connections_closed_total',
    'TCP connections for media that ended, by reason',
    'reason',
    ['peer', 'malformed', 'unauthenticated', 'idle', 'media', 'shutdown'],
  ),
};

export const tcpMetrics = {
  connections: gauge('parley_tcp_connections', 'TCP connections for media that are open'),
  ...tcpCounterMetrics,
};

export type TcpTraffic = MetricValues<typeof tcpTrafficMetrics>;
export type TcpCounters = MetricValues<typeof tcpMetrics>;
/** Why a connection ended. */
export type TcpCloseReason = keyof TcpCounters['closed'];
