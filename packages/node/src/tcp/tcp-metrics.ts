import { counter, gauge, labelled, type ThreadMetric } from '@parley/core';
import type { TcpRelayCounters } from './tcp-relay.js';

/** Metrics of the TCP thread, by the names under which Prometheus knows them. */
export function tcpMetrics(counters: TcpRelayCounters): ThreadMetric[] {
  const { refusedTotal, refusedAddress, refusedRate, refusedSystem, closed } = counters;
  return [
    gauge('parley_tcp_connections', 'TCP connections for media that are open', counters.connections),
    counter('parley_tcp_connections_total', 'TCP connections for media that were taken', counters.accepted),
    counter(
      'parley_tcp_connections_refused_total',
      'TCP connections for media that were too many: in all, of one address, in a second or for the system',
      labelled('limit', {
        total: refusedTotal,
        address: refusedAddress,
        rate: refusedRate,
        system: refusedSystem,
      }),
    ),
    counter(
      'parley_tcp_connections_closed_total',
      'TCP connections for media that ended, by reason',
      labelled('reason', closed),
    ),
    counter('parley_tcp_packets_received_total', 'Media packets received over TCP', counters.packetsReceived),
    counter('parley_tcp_packets_sent_total', 'Media packets sent over TCP', counters.packetsSent),
    counter('parley_tcp_bytes_received_total', 'Bytes received over TCP for media', counters.bytesReceived),
    counter('parley_tcp_bytes_sent_total', 'Bytes sent over TCP for media', counters.bytesSent),
    counter(
      'parley_tcp_packets_dropped_total',
      'Media packets that a client over TCP read too slowly to be sent',
      counters.droppedSlowReader,
    ),
    counter(
      'parley_tcp_pauses_total',
      'Times that a client over TCP sent too much and was not read from for a while',
      counters.pauses,
    ),
  ];
}
